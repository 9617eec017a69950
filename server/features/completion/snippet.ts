/** Writes a text into a snippet as what it is. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A snippet as plain text: tab stops become their default or nothing. */
export function plainText(snippet: string): string {
  return snippet.replace(/\\([\\$}])|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+/g, (_all, escaped?: string, preset?: string) =>
    (escaped ?? preset ?? '').replace(/\\([\\$}])/g, '$1'),
  );
}

export function pad(column: number): string {
  return ' '.repeat(column);
}
