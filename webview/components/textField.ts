import { iconButton } from './button.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

export interface SearchField {
  readonly root: HTMLElement;
  set(text: string): void;
}

export interface SearchFieldOptions {
  readonly label: string;
  readonly placeholder: string;
  /** Name of the button that empties the field. */
  readonly clear: string;
  onInput(text: string): void;
  /** The user goes on to what was found. */
  onDown(): void;
}

type ValueElement = HTMLElement & { value: string };

/** A field for a text to search; Escape empties it. */
export function searchField({ label, placeholder, clear, onInput, onDown }: SearchFieldOptions): SearchField {
  const start = element('span', { slot: 'start', class: 'search-icon' });
  start.append(icon('search'));
  // The toolkit takes the name of the field from its text alone; the style sheet keeps that out of sight.
  const root = element('vscode-text-field', { class: 'search', placeholder }, start, label) as ValueElement;
  const set = (text: string): void => {
    root.value = text;
    empty.hidden = text === '';
  };
  const change = (text: string): void => {
    set(text);
    onInput(text);
  };
  const empty = iconButton('close', {
    label: clear,
    run: () => {
      change('');
      root.focus();
    },
  });
  empty.slot = 'end';
  empty.hidden = true;
  root.append(empty);
  root.addEventListener('input', () => change(root.value));
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') change('');
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    onDown();
  });
  return { root, set };
}
