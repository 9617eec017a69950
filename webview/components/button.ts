import { element } from './element.ts';
import { type IconName, icon } from './icon.ts';

export interface ButtonOptions {
  readonly label: string;
  readonly look?: 'primary' | 'secondary';
  run(): void;
}

/** A button with a text. */
export function button({ label, look = 'primary', run }: ButtonOptions): HTMLElement {
  const made = element('vscode-button', { appearance: look }, label);
  made.addEventListener('click', run);
  return made;
}

/** A button with a picture alone; `label` is what it says to a screen reader and on hover. */
export function iconButton(name: IconName, { label, run }: Omit<ButtonOptions, 'look'>): HTMLElement {
  const made = element('vscode-button', { appearance: 'icon', 'aria-label': label, title: label }, icon(name));
  made.addEventListener('click', run);
  return made;
}
