import { element } from './element.ts';

/**
 * A word in a small frame, such as the type of a layer. Ours, as that of the toolkit writes a `style` attribute, which the
 * page's content policy keeps out.
 */
export function badge(text: string, title?: string): HTMLElement {
  return element('span', { class: 'badge', title }, text);
}
