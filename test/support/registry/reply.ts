import type { ServerResponse } from 'node:http';

/** An answer before it is sent, so that a fault can change it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Length to announce, for HEAD. */
  readonly length?: number;
}

export function reply(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: Buffer | string = '',
): Reply {
  return { status, headers, body: Buffer.from(body) };
}

export function jsonReply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return reply(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value));
}

/** An error as the distribution-spec writes it. */
export function errorReply(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return jsonReply(status, { errors: [{ code, message, detail: {} }] }, headers);
}

export function sendReply(response: ServerResponse, { status, headers, body, length }: Reply): void {
  response.writeHead(status, { 'content-length': String(length ?? body.byteLength), ...headers });
  response.end(body);
}
