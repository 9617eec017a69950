/**
 * Small typed RPC over anything that can post and receive messages: a webview, a worker, a pipe.
 * Errors of a handler reach the caller, unknown methods are answered, `dispose` rejects what is pending.
 */

/** A method table: each method takes one parameter object. */
// biome-ignore lint/suspicious/noExplicitAny: the table's methods are constrained where they are used.
export type Methods = { [name: string]: (params: any) => unknown };

export interface Port {
  post(message: unknown): void;
  /** Returns a function that stops listening. */
  listen(receive: (message: unknown) => void): () => void;
}

/** Look-alike of AbortSignal, so that this file needs neither Node nor the DOM. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An error as it crosses the border. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly data?: unknown;
}

/** An error that came over the border. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: string;
  readonly data: unknown;
  constructor(wire: WireError) {
    super(wire.message);
    this.code = wire.code;
    this.data = wire.data;
  }
}

type Message =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'event'; readonly method: string; readonly params: unknown };

export type Handlers<M extends Methods> = {
  [K in keyof M]: (params: Parameters<M[K]>[0], cancel: CancelSource) => Promise<ReturnType<M[K]>> | ReturnType<M[K]>;
};
export type Listeners<M extends Methods> = { [K in keyof M]?: (params: Parameters<M[K]>[0]) => void };

/** Tells a running handler that its caller gave up. */
export interface CancelSource {
  onCancel(listener: () => void): void;
}

export interface RpcOptions<Local extends Methods, Heard extends Methods> {
  readonly handlers?: Handlers<Local>;
  readonly listeners?: Listeners<Heard>;
  /** Turns what a handler threw into its wire form. Defaults to the message alone. */
  readonly toWire?: (error: unknown) => WireError;
}

export interface Rpc<Remote extends Methods, Told extends Methods> {
  request<K extends keyof Remote & string>(
    method: K,
    params: Parameters<Remote[K]>[0],
    signal?: CancelSignal,
  ): Promise<Awaited<ReturnType<Remote[K]>>>;
  emit<K extends keyof Told & string>(method: K, params: Parameters<Told[K]>[0]): void;
  dispose(): void;
}

const plainWire = (error: unknown): WireError => ({
  code: 'INTERNAL',
  message: error instanceof Error ? error.message : String(error),
});

const KINDS: readonly unknown[] = ['request', 'cancel', 'result', 'error', 'event'];

/** The message if it has our shape, else undefined: strangers may post too. */
function asMessage(value: unknown): Message | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !KINDS.includes(value.kind))
    return undefined;
  if (value.kind === 'event')
    return 'method' in value && typeof value.method === 'string' ? (value as Message) : undefined;
  if (!('id' in value) || typeof value.id !== 'number') return undefined;
  if (value.kind === 'request' && !('method' in value && typeof value.method === 'string')) return undefined;
  return value as Message;
}

/**
 * Connects two sides. `Remote`: what the other side answers; `Told`: events we send; `Local`: what we answer; `Heard`: events we hear.
 */
export function connect<
  Remote extends Methods,
  Told extends Methods = Record<string, never>,
  Local extends Methods = Record<string, never>,
  Heard extends Methods = Record<string, never>,
>(port: Port, options: RpcOptions<Local, Heard> = {}): Rpc<Remote, Told> {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const running = new Map<number, (() => void)[]>();
  const toWire = options.toWire ?? plainWire;
  const handlers = new Map(Object.entries(options.handlers ?? {}));
  const listeners = new Map(Object.entries(options.listeners ?? {}));
  let nextId = 1;
  let disposed = false;

  async function answer(id: number, method: string, params: unknown): Promise<void> {
    const handler = handlers.get(method);
    if (!handler) {
      port.post({
        kind: 'error',
        id,
        error: { code: 'INPUT_INVALID', message: `Unknown request: ${method.slice(0, 200)}.` },
      });
      return;
    }
    const cancels: (() => void)[] = [];
    running.set(id, cancels);
    try {
      const result: unknown = await handler(params as never, {
        onCancel: (listener: () => void) => cancels.push(listener),
      });
      port.post({ kind: 'result', id, result });
    } catch (error) {
      port.post({ kind: 'error', id, error: toWire(error) });
    } finally {
      running.delete(id);
    }
  }

  const stop = port.listen((value) => {
    const message = asMessage(value);
    if (!message || disposed) return;
    switch (message.kind) {
      case 'request':
        // Don't wait: answer() reports its own failures to the caller.
        void answer(message.id, message.method, message.params);
        return;
      case 'cancel':
        for (const cancel of running.get(message.id) ?? []) cancel();
        return;
      case 'result':
        pending.get(message.id)?.resolve(message.result);
        pending.delete(message.id);
        return;
      case 'error':
        pending.get(message.id)?.reject(new RpcError(message.error));
        pending.delete(message.id);
        return;
      case 'event':
        listeners.get(message.method)?.(message.params as never);
    }
  });

  return {
    request(method, params, signal) {
      if (disposed) return Promise.reject(new RpcError({ code: 'CANCELLED', message: 'The connection is closed.' }));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const cancel = (): void => port.post({ kind: 'cancel', id });
        const settled = (): void => signal?.removeEventListener('abort', cancel);
        pending.set(id, {
          resolve: (value) => {
            settled();
            resolve(value as never);
          },
          reject: (error) => {
            settled();
            reject(error);
          },
        });
        port.post({ kind: 'request', id, method, params });
        if (signal?.aborted) cancel();
        else signal?.addEventListener('abort', cancel);
      });
    },
    emit(method, params) {
      if (!disposed) port.post({ kind: 'event', method, params });
    },
    dispose() {
      disposed = true;
      stop();
      for (const { reject } of pending.values())
        reject(new RpcError({ code: 'CANCELLED', message: 'The connection is closed.' }));
      pending.clear();
    },
  };
}
