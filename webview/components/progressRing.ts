import { element } from './element.ts';

/** Says that something is under way, in a picture and in words. */
export function progressRing(label: string): HTMLElement {
  return element(
    'div',
    { class: 'progress' },
    element('vscode-progress-ring', { 'aria-label': label }),
    element('span', {}, label),
  );
}
