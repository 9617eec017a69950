import { element } from './element.ts';

export interface Announcer {
  readonly root: HTMLElement;
  say(text: string): void;
}

/** Reads results out to a screen reader; the same text twice is read twice. */
export function announcer(): Announcer {
  const root = element('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  return {
    root,
    say(text) {
      root.textContent = root.textContent === text ? `${text}\u00a0` : text;
    },
  };
}
