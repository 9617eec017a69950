import { element } from './element.ts';

/** Names, strings, numbers and words of YAML and JSON; comments of YAML. */
const TOKENS =
  /(?<comment>(?:^|\s)#.*$)|(?<name>"(?:[^"\\]|\\.)*"(?=\s*:)|[\w.-]+(?=:(?:\s|$)))|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<number>(?<![\w.:/-])-?\d[\d.eE+-]*(?![\w:/-]))|(?<word>\b(?:true|false|null)\b)/gm;
/** Longer texts stay in one colour: they are read in an editor. */
const LONGEST = 60_000;

/** A text of many lines in the editor's font; scrolls by itself and so takes the focus. */
export function codeText(text: string, label: string): HTMLElement {
  const code = element('code');
  if (text.length > LONGEST) code.append(text);
  else code.append(...coloured(text));
  return element('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': label }, code);
}

function coloured(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    parts.push(text.slice(end, match.index), element('span', { class: `token-${kind}` }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}
