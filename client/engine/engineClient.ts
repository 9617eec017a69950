import type { EngineEvent } from '#engine';
import { ENGINE_METHODS, type EngineMethod, type EngineMethods } from './protocol.ts';

/** Look-alike of `vscode.CancellationToken`, so that the engine's client is tested without VS Code. */
export interface CancellationTokenLike {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** How a request is made: every long one can be cancelled and watched. */
export interface EngineCall {
  readonly token?: CancellationTokenLike;
  readonly onEvent?: (event: EngineEvent) => void;
}

/** The engine's verbs, carried out by its worker. All reject with EngineError. */
export type EngineClient = {
  readonly [K in EngineMethod]: (
    params: Parameters<EngineMethods[K]>[0],
    call?: EngineCall,
  ) => Promise<ReturnType<EngineMethods[K]>>;
};

/** Carries one request to the worker. */
export type EngineRequest = <K extends EngineMethod>(
  method: K,
  params: Parameters<EngineMethods[K]>[0],
  call?: EngineCall,
) => Promise<ReturnType<EngineMethods[K]>>;

/** The table of methods over one way to send a request. */
export function engineClient(request: EngineRequest): EngineClient {
  const entries = ENGINE_METHODS.map((method) => [
    method,
    (params: never, call?: EngineCall) => request(method, params, call),
  ]);
  // The compiler cannot see that a table made from a list of names has them all: ENGINE_METHODS is complete by its type.
  return Object.fromEntries(entries) as unknown as EngineClient;
}
