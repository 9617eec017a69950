const DANGEROUS = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu;

/** Shows control characters and direction marks as escapes: names come from strangers (bad-inputs F2). */
export function printable(text: string): string {
  return text.replace(DANGEROUS, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

const MAX_SHOWN = 200;

/** The same on one line, cut where it gets too long for a message. */
export function shown(text: string): string {
  const line = printable(text.replace(/\s+/g, ' '));
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line;
}
