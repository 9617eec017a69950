import type { ErrorView, ExplorerEvents, ExplorerRequests } from '#shared/explorer';
import { connect, type Listeners, type Rpc, RpcError } from '#shared/rpc';

export type Host = Rpc<ExplorerRequests, Record<string, never>>;

/** The extension at the other end. */
export function connectHost(post: (message: unknown) => void, listeners: Listeners<ExplorerEvents>): Host {
  return connect<ExplorerRequests, Record<string, never>, Record<string, never>, ExplorerEvents>(
    {
      post,
      listen(receive) {
        const hear = ({ data }: MessageEvent<unknown>): void => receive(data);
        window.addEventListener('message', hear);
        return () => window.removeEventListener('message', hear);
      },
    },
    { listeners },
  );
}

export function isCancelled(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'CANCELLED';
}

/** The host's wording of a failure; it comes with the error. */
export function failureOf(error: unknown, retry: string): ErrorView {
  const data = error instanceof RpcError ? error.data : undefined;
  if (isErrorView(data)) return data;
  return { code: 'INTERNAL', message: String(error), ways: [{ action: 'retry', label: retry }] };
}

function isErrorView(value: unknown): value is ErrorView {
  return (
    typeof value === 'object' && value !== null && 'message' in value && 'ways' in value && Array.isArray(value.ways)
  );
}
