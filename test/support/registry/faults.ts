import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Reply, reply, sendReply } from './reply.ts';

/** What goes wrong. The first group happens instead of the real answer, the second changes it. */
export type FaultKind =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | { readonly html: string }
  | { readonly redirect: string }
  /** The connection is closed after so many bytes of the request's body; these are kept, as real registries do. */
  | { readonly cutRequest: number }
  | { readonly hang: true }
  /** The connection is closed after so many bytes of the answer's body. */
  | { readonly cut: number }
  /** Some bytes are others. */
  | { readonly corrupt: true }
  /** The body ends so many bytes early, and `Content-Length` agrees. */
  | { readonly short: number }
  | { readonly extra: number }
  /** Pieces of so many bytes with pauses in between. */
  | { readonly slow: { readonly bytes: number; readonly everyMs: number } }
  | { readonly gzip: true }
  | { readonly set: Readonly<Record<string, string | undefined>> }
  | { readonly ignoreRange: true };

export interface Fault {
  readonly method?: string;
  /** Matched against path and query. */
  readonly path?: RegExp;
  /** How often; once unless told. */
  readonly times?: number;
  /** So many matching requests pass unharmed before. */
  readonly after?: number;
  readonly fault: FaultKind;
}

/** The faults that are switched on. */
export class SwitchBoard {
  readonly #faults: { readonly fault: Fault; left: number; pass: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1, pass: fault.after ?? 0 });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** The fault for this request, counted down. */
  take(method: string, path: string): FaultKind | undefined {
    for (const entry of this.#faults) {
      const fits = (entry.fault.method ?? method) === method && (entry.fault.path?.test(path) ?? true);
      if (!fits || entry.left <= 0) continue;
      if (entry.pass > 0) entry.pass -= 1;
      else {
        entry.left -= 1;
        return entry.fault.fault;
      }
    }
    return undefined;
  }
}

/** The answer that a fault gives instead of the real one, when it is of that sort. */
export function instead(fault: FaultKind): Reply | 'hang' | undefined {
  if ('status' in fault) return reply(fault.status, fault.headers, fault.body ?? '');
  if ('html' in fault)
    return reply(200, { 'content-type': 'text/html' }, `<!doctype html><title>${fault.html}</title><p>Please log in.`);
  if ('redirect' in fault) return reply(307, { location: fault.redirect });
  return 'hang' in fault ? 'hang' : undefined;
}

/** Sends the real answer as the fault spoils it. */
export async function sendSpoilt(response: ServerResponse, real: Reply, fault: FaultKind): Promise<void> {
  if ('cut' in fault) return cutOff(response, real, fault.cut);
  if ('slow' in fault) return await trickle(response, real, fault.slow);
  sendReply(response, spoil(real, fault));
}

function spoil(real: Reply, fault: FaultKind): Reply {
  if ('corrupt' in fault) return { ...real, body: flip(real.body) };
  if ('short' in fault) return { ...real, body: real.body.subarray(0, real.body.length - fault.short) };
  if ('extra' in fault) return { ...real, body: Buffer.concat([real.body, Buffer.alloc(fault.extra, 'x')]) };
  if ('gzip' in fault)
    return { ...real, headers: { ...real.headers, 'content-encoding': 'gzip' }, body: gzipSync(real.body) };
  if ('set' in fault) return { ...real, headers: changed(real.headers, fault.set) };
  return real;
}

function flip(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (const at of [0, Math.floor(copy.length / 2)]) copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

function changed(
  headers: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries({ ...headers, ...set });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function cutOff(response: ServerResponse, { status, headers, body }: Reply, after: number): void {
  response.writeHead(status, { 'content-length': String(body.byteLength), ...headers });
  response.write(body.subarray(0, after), () => response.destroy());
}

async function trickle(
  response: ServerResponse,
  { status, headers, body }: Reply,
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
): Promise<void> {
  response.writeHead(status, { 'content-length': String(body.byteLength), ...headers });
  for (let at = 0; at < body.length && !response.destroyed; at += bytes) {
    response.write(body.subarray(at, at + bytes));
    await sleep(everyMs);
  }
  response.end();
}

/** Reads so many bytes of a request, hands them on, and closes the connection. */
export async function cutRequest(
  request: IncomingMessage,
  after: number,
  keep: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  let left = after;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    const piece = chunk.subarray(0, left);
    await keep(piece);
    left -= piece.length;
    if (left === 0) break;
  }
  request.socket.destroy();
}
