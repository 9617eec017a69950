const DANGEROUS = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu;

/** Shows control characters and direction marks as escapes, so that a name cannot drive the terminal (bad-inputs F2). */
export function printable(text: string): string {
  return text.replace(DANGEROUS, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A number of bytes as `kit` writes it: one decimal, cut and not rounded; `N B` below 1024 (spec 8.2). */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length);
  return `${(Math.floor((bytes / 1024 ** power) * 10) / 10).toFixed(1)} ${UNITS[power - 1]}`;
}

/** Columns with three spaces between, as Go's tabwriter makes them for `kit`; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, [...cell].length + 3);
    });
  const pad = (cell: string, at: number, row: readonly string[]) =>
    at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - [...cell].length);
  return rows.map((row) => row.map(pad).join('')).join('\n');
}

/** One cell of a table: on one line, whatever it holds. */
export function cell(text: string): string {
  return printable(text.replaceAll(/[\r\n\t]+/g, ' '));
}

/** JSON as Go's json.MarshalIndent writes it: two spaces per level, and what a page could read as markup escaped. */
export function goIndentedJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
