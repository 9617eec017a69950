/** Shorter ones are in too many words to be taken out of a text. */
const LEAST_LENGTH = 4;
const HIDDEN = '***';
/** Names of query parameters that give access, in the signed addresses of S3, GCS, Azure and CloudFront. */
const GIVES_ACCESS = /sig|token|secret|credential|key|policy/i;

/**
 * What was sent and may be shown nowhere. A registry can put anything into its answers, also what it got from us: before
 * its words reach a message, these are taken out (bad-inputs E1).
 */
export class Secrets {
  readonly #known = new Set<string>();

  note(secret: string): void {
    if (secret.length < LEAST_LENGTH) return;
    for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      this.#known.add(spelling);
  }

  /** What a request carries in its headers and its address. */
  noteRequest(url: URL, headers: Readonly<Record<string, string>>): void {
    this.#noteAuthorization(headers.authorization ?? '');
    for (const [name, value] of url.searchParams) if (GIVES_ACCESS.test(name)) this.note(value);
  }

  redact(text: string): string {
    // The longest first: one may be a part of another.
    const secrets = [...this.#known].sort((one, other) => other.length - one.length);
    return secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
  }

  #noteAuthorization(header: string): void {
    const space = header.indexOf(' ');
    if (space < 0) return;
    const value = header.slice(space + 1);
    this.note(value);
    if (!/^basic$/i.test(header.slice(0, space))) return;
    const login = Buffer.from(value, 'base64').toString();
    this.note(login.slice(login.indexOf(':') + 1));
  }
}
