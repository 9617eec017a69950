import { badge } from './badge.ts';
import { element } from './element.ts';

export interface Panel {
  readonly id: string;
  readonly title: string;
  /** A number beside the title. */
  readonly count?: string;
  readonly content: HTMLElement;
}

export interface PanelsOptions {
  readonly label: string;
  readonly active: string;
  onChange(id: string): void;
}

/** Tabs with one panel each. */
export function panels(all: readonly Panel[], { label, active, onChange }: PanelsOptions): HTMLElement {
  const root = element('vscode-panels', { 'aria-label': label, activeid: `tab-${active}` });
  for (const { id, title, count } of all) {
    const number = count === undefined ? undefined : badge(count);
    root.append(element('vscode-panel-tab', { id: `tab-${id}` }, title, number));
  }
  for (const { id, content } of all) root.append(element('vscode-panel-view', { id: `view-${id}` }, content));
  root.addEventListener('change', (event) => {
    const tab: unknown = 'detail' in event ? event.detail : undefined;
    if (tab instanceof HTMLElement) onChange(tab.id.replace(/^tab-/, ''));
  });
  return root;
}
