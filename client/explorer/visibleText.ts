const DANGEROUS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const LINES = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu;
const LONGEST = 300;

function escaped(char: string): string {
  return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

/** A name that others wrote, as one short line: controls and direction marks become escapes (bad-inputs F2). */
export function visibleText(text: string, longest: number = LONGEST): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.toWellFormed().replace(DANGEROUS, escaped);
}

/** A text of many lines, such as a Kitfile; cut where it would only slow the page down. */
export function visibleLines(text: string, longest: number): string {
  const short = text.length > longest ? `${text.slice(0, longest)}\n…` : text;
  return short.toWellFormed().replaceAll('\r\n', '\n').replace(LINES, escaped);
}
