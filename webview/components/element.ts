export interface Attributes {
  readonly [name: string]: string | number | boolean | undefined;
}

type Child = Node | string | undefined;

/** Makes an element; strings become text nodes, never markup. An attribute that is false or undefined is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes?: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function element(name: string, attributes?: Attributes, ...children: readonly Child[]): HTMLElement;
export function element(name: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const text = value === true ? '' : value === false || value === undefined ? null : String(value);
    if (text === null) target.removeAttribute(name);
    else if (target.getAttribute(name) !== text) target.setAttribute(name, text);
  }
}
