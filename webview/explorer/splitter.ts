import { element, setAttributes } from '../components/element.ts';

const SMALLEST = 160;
const LARGEST = 640;
const USUAL = 320;
const STEP = 16;

export interface SplitterOptions {
  readonly label: string;
  readonly width: number | undefined;
  /** The element that gets `--tree-width`. */
  readonly page: HTMLElement;
  onChange(width: number): void;
}

/** The line between tree and details; moves with the mouse and with the arrow keys. */
export function splitter({ label, width = USUAL, page, onChange }: SplitterOptions): HTMLElement {
  const line = element('div', {
    class: 'splitter',
    role: 'separator',
    tabindex: 0,
    'aria-label': label,
    'aria-orientation': 'vertical',
    'aria-valuemin': SMALLEST,
    'aria-valuemax': LARGEST,
  });
  let now = width;
  const set = (wanted: number): void => {
    now = Math.min(Math.max(Math.round(wanted), SMALLEST), LARGEST);
    page.style.setProperty('--tree-width', `${now}px`);
    setAttributes(line, { 'aria-valuenow': now });
  };
  const change = (wanted: number): void => {
    set(wanted);
    onChange(now);
  };
  line.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') change(now - STEP);
    if (key === 'ArrowRight') change(now + STEP);
    if (key === 'Home') change(SMALLEST);
    if (key === 'End') change(LARGEST);
  });
  line.addEventListener('pointerdown', (event) => line.setPointerCapture(event.pointerId));
  line.addEventListener('pointermove', (event) => {
    if (line.hasPointerCapture(event.pointerId)) change(event.clientX - page.getBoundingClientRect().left);
  });
  line.addEventListener('dblclick', () => change(USUAL));
  set(now);
  return line;
}
