const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON text as Go's encoding/json writes it, compact: what a page could read as markup is escaped (spec 1.6). */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Compact JSON text with two spaces per level, as Go's json.Indent does it; numbers keep every digit. */
export function indentJson(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g) ?? [];
  let depth = 0;
  let out = '';
  const newLine = () => `\n${'  '.repeat(depth)}`;
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    if (token === '}' || token === ']') {
      depth -= 1;
      out += before === '{' || before === '[' ? token : newLine() + token;
      return;
    }
    if (before === '{' || before === '[') out += newLine();
    out += token;
    if (token === '{' || token === '[') depth += 1;
    if (token === ',') out += newLine();
    if (token === ':') out += ' ';
  });
  return out;
}
