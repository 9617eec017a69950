/** Strokes on a grid of 16, in the colour of the text. */
const STROKES = {
  chevron: 'M6 3.5 10.5 8 6 12.5',
  store:
    'M2.5 4c0-1 2.5-1.8 5.5-1.8s5.5.8 5.5 1.8v8c0 1-2.5 1.8-5.5 1.8S2.5 13 2.5 12zm0 0c0 1 2.5 1.8 5.5 1.8s5.5-.8 5.5-1.8m-11 4c0 1 2.5 1.8 5.5 1.8s5.5-.8 5.5-1.8',
  registry: 'M2.5 2.5h11v4h-11zm0 7h11v4h-11zm2 -5h.01m-.01 7h.01',
  repository: 'M8 1.8 13.5 4.6v6.8L8 14.2 2.5 11.4V4.6zM2.5 4.6 8 7.4l5.5-2.8M8 7.4v6.8',
  tag: 'M2.5 2.5h5.2l5.8 5.8-5.2 5.2-5.8-5.8zm2.7 2.7h.01',
  error: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.6v4.2m0 2.3v.1',
  more: 'M8 3v10M4 9l4 4 4-4',
  empty: 'M4 8h8',
  loading: 'M8 2a6 6 0 0 1 6 6',
  copy: 'M5.5 5.5h8v8h-8zm-3 5v-8h8',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  refresh: 'M13.2 6.5A5.5 5.5 0 1 0 13.5 8m0-4.5v3h-3',
  add: 'M8 2.5v11m-5.5-5.5h11',
  search: 'M6.8 2.3a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10 10l3.7 3.7',
  close: 'm3.5 3.5 9 9m0-9-9 9',
} as const;

export type IconName = keyof typeof STROKES;

const SVG = 'http://www.w3.org/2000/svg';

/** A picture beside a text that says the same: screen readers skip it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    class: `icon icon-${name}`,
    'aria-hidden': 'true',
    focusable: 'false',
  }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', STROKES[name]);
  svg.append(path);
  return svg;
}
