import { parentPort, workerData } from 'node:worker_threads';

/**
 * A worker that speaks the engine's protocol and does what the reference says: `hang` until it is cancelled, `die`,
 * `secret` asks back for a credential, anything else is answered at once with what the worker was started with.
 */
interface Message {
  readonly kind: string;
  readonly id: number;
  readonly result?: unknown;
  readonly params?: { readonly call: number; readonly params: { readonly reference: string } };
}

const port = parentPort;
const hanging = new Set<number>();
let asking = 0;

port?.on('message', ({ kind, id, params, result }: Message) => {
  if (kind === 'cancel' && hanging.has(id))
    port.postMessage({ kind: 'error', id, error: { code: 'CANCELLED', message: 'Cancelled.' } });
  if (kind === 'result') port.postMessage({ kind: 'result', id: asking, result });
  if (kind === 'request') obey(id, params?.params.reference ?? '', params?.call ?? 0);
});

function obey(id: number, reference: string, call: number): void {
  const progress = { type: 'progress', key: 'k', label: 'l', done: 1, total: 2 };
  switch (reference) {
    case 'hang':
      hanging.add(id);
      port?.postMessage({ kind: 'event', method: 'events', params: { call, events: [progress] } });
      return;
    case 'die':
      process.exit(7);
      break;
    case 'secret':
      asking = id;
      port?.postMessage({ kind: 'request', id: 1, method: 'getCredential', params: { host: 'ghcr.io' } });
      return;
    default:
      port?.postMessage({ kind: 'result', id, result: workerData });
  }
}
