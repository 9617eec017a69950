import { element } from './element.ts';

/** A line between two parts of a page. */
export function divider(): HTMLElement {
  return element('vscode-divider');
}
