import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Access, Gatekeeper } from './registry/access.ts';
import { cutRequest, type Fault, instead, SwitchBoard, sendSpoilt } from './registry/faults.ts';
import { sendReply } from './registry/reply.ts';
import type { Repositories } from './registry/repositories.ts';
import { ABILITIES, type Abilities, type Incoming, Routes, readBody, scopeOf } from './registry/routes.ts';
import { folderStorage, memoryStorage } from './registry/storage.ts';

export interface RegistryOptions {
  /** Keeps blobs below this folder; in memory without it. */
  readonly folder?: string;
  readonly access?: Access;
  readonly abilities?: Partial<Abilities>;
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca?: string; readonly requestCert?: boolean };
}

/** What arrived, in order. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface TestRegistry {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  readonly repositories: Repositories;
  /** Switches a fault on. */
  fail(fault: Fault): void;
  /** Switches all faults off. */
  heal(): void;
  /** Refuses all tokens issued so far. */
  expireTokens(): void;
  stop(): Promise<void>;
}

/** A small registry on loopback that really checks digests, and can be made to misbehave. */
export async function startRegistry(options: RegistryOptions = {}): Promise<TestRegistry> {
  const storage = options.folder === undefined ? memoryStorage() : folderStorage(options.folder);
  const routes = new Routes(storage, { ...ABILITIES, ...options.abilities });
  const gatekeeper = new Gatekeeper(options.access);
  const board = new SwitchBoard();
  const requests: SeenRequest[] = [];
  const { tls } = options;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    serve(request, response, { routes, gatekeeper, board, origin }).catch(() => response.destroy());
  };
  const server: Server = tls
    ? createTlsServer({ ...tls, rejectUnauthorized: false }, listener)
    : createServer(listener);
  const host = `127.0.0.1:${await listen(server)}`;
  const origin = `${tls ? 'https' : 'http'}://${host}`;
  return {
    host,
    origin,
    requests,
    repositories: routes.repositories,
    fail: (fault) => board.add(fault),
    heal: () => board.clear(),
    expireTokens: () => gatekeeper.expireTokens(),
    stop: () => stop(server),
  };
}

interface Parts {
  readonly routes: Routes;
  readonly gatekeeper: Gatekeeper;
  readonly board: SwitchBoard;
  readonly origin: string;
}

async function serve(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const { routes, gatekeeper, board, origin } = parts;
  const url = new URL(request.url ?? '/', origin);
  const incoming: Incoming = { method: request.method ?? 'GET', url, request };
  const fault = board.take(incoming.method, url.pathname + url.search);
  const other = fault && instead(fault);
  if (other === 'hang') return;
  if (other) return sendReply(response, other);
  if (fault && 'cutRequest' in fault)
    return await cutRequest(request, fault.cutRequest, (chunk) => routes.keepPartial(incoming, chunk));
  if (url.pathname === '/token')
    return sendReply(response, gatekeeper.issue(request, url, (await readBody(request)).toString()));
  const refusal = gatekeeper.refuse(request, origin, scopeOf(incoming.method, url.pathname));
  if (refusal) return sendReply(response, refusal);
  const real = await routes.answer(incoming, fault !== undefined && 'ignoreRange' in fault);
  if (fault) await sendSpoilt(response, real, fault);
  else sendReply(response, real);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
