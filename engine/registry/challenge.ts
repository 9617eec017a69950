/** One way to log in that a server offers (RFC 9110, section 11.3). Scheme and names of parameters in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const SEPARATORS = /[\s,]*/y;
const TOKEN = /[!#$%&'*+.^_`|~\w-]+/y;
const NAME = /[!#$%&'*+.^_`|~\w-]+(?=\s*=(?!=*\s*(?:,|$)))/y;
const EQUALS = /\s*=\s*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)(?:"|$)/y;
/** Wider than the grammar: some servers leave the quotes of a URL away. */
const BARE = /[^\s,"]*/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;

/** Steps through a text with sticky expressions: linear, whatever the text is. */
class Cursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match ?? undefined;
  }

  skip(): void {
    this.#at += 1;
  }
}

/** Reads `WWW-Authenticate`: several challenges in one header, quoted or not; what makes no sense is passed over. */
export function parseChallenges(header: string): readonly Challenge[] {
  const cursor = new Cursor(header);
  const challenges: Challenge[] = [];
  while (true) {
    cursor.take(SEPARATORS);
    if (cursor.done) return challenges;
    const scheme = cursor.take(TOKEN)?.[0];
    if (scheme === undefined) cursor.skip();
    else challenges.push({ scheme: scheme.toLowerCase(), parameters: readParameters(cursor) });
  }
}

function readParameters(cursor: Cursor): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  cursor.take(/ +/y);
  while (true) {
    const name = cursor.take(NAME)?.[0];
    if (name === undefined) break;
    cursor.take(EQUALS);
    const quoted = cursor.take(QUOTED)?.[1];
    const value = quoted === undefined ? (cursor.take(BARE)?.[0] ?? '') : quoted.replace(/\\(.)/g, '$1');
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
    cursor.take(SEPARATORS);
  }
  if (parameters.size === 0) cursor.take(TOKEN68);
  return parameters;
}
