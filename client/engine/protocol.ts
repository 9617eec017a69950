import type {
  CatalogPage,
  Credential,
  EngineEvent,
  Inspection,
  LayerInfo,
  ListEntry,
  LoginResult,
  LogoutResult,
  NetworkOptions,
  PackResult,
  PageOptions,
  ProbeStep,
  PullResult,
  PushResult,
  Removed,
  RemoveRemoteResult,
  Severity,
  TagResult,
  TagsPage,
  UnpackOptions,
  UnpackResult,
} from '#engine';

/** The border between the extension host and the engine's worker: plain data only. */

/** What the worker is started with. */
export interface WorkerSettings {
  /** Home folder of kit and of us; empty for the one that the environment tells. */
  readonly home: string;
  readonly network: NetworkOptions;
  /** What goes into the ModelKits that we make. */
  readonly cliVersion: string;
}

export interface PackRequest {
  readonly folder: string;
  /** Path of the Kitfile, absolute or in the folder; unless told the first of its usual names. */
  readonly kitfile?: string;
  readonly reference?: string;
  readonly compression?: 'none' | 'gzip' | 'gzip-fastest';
  readonly strict?: boolean;
}

/** What a Kitfile says about itself, and the first thing that keeps it from being packed. */
export interface KitfileSummary {
  readonly name?: string;
  readonly version?: string;
  readonly problems: readonly KitfileProblem[];
}

export interface KitfileProblem {
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Of the start; both from 1. */
  readonly line: number;
  readonly column: number;
}

/** What the worker answers. Each request is a verb of the engine. */
export interface EngineMethods {
  pack(p: PackRequest): PackResult;
  unpack(p: UnpackOptions & { readonly reference: string }): UnpackResult;
  push(p: { readonly source: string; readonly destination?: string }): PushResult;
  pull(p: { readonly reference: string }): PullResult;
  tag(p: { readonly source: string; readonly destination: string }): TagResult;
  remove(p: { readonly reference: string; readonly force?: boolean }): readonly Removed[];
  removeRemote(p: { readonly reference: string }): RemoveRemoteResult;
  list(p: Record<string, never>): readonly ListEntry[];
  listRemote(p: { readonly repository: string }): readonly ListEntry[];
  remoteTags(p: PageOptions & { readonly repository: string }): TagsPage;
  catalog(p: PageOptions & { readonly host: string }): CatalogPage;
  inspect(p: { readonly reference: string; readonly remote?: boolean }): Inspection;
  layers(p: { readonly reference: string; readonly remote?: boolean }): readonly LayerInfo[];
  login(p: { readonly host: string; readonly username: string; readonly password: string }): LoginResult;
  logout(p: { readonly host: string }): LogoutResult;
  /** `plainHttp` tries the registry so before it is saved so. */
  probe(p: { readonly host: string; readonly plainHttp?: boolean }): readonly ProbeStep[];
  summary(p: { readonly kitfile: string; readonly strict?: boolean }): KitfileSummary;
}

/** Each call has a number, under which the worker tells its events. */
export type WorkerMethods = {
  [K in keyof EngineMethods]: (p: {
    readonly call: number;
    readonly params: Parameters<EngineMethods[K]>[0];
  }) => ReturnType<EngineMethods[K]>;
};

export type WorkerEvents = {
  /** In order; of one unit's progress only the latest. */
  events(p: { readonly call: number; readonly events: readonly EngineEvent[] }): void;
};

/** What the worker asks back: the credentials in VS Code's SecretStorage. */
export type HostMethods = {
  getCredential(p: { readonly host: string }): Credential | undefined;
  setCredential(p: { readonly host: string; readonly credential: Credential }): void;
  deleteCredential(p: { readonly host: string }): boolean;
};

export type EngineMethod = keyof EngineMethods;

/** All methods by name, kept complete by the compiler. */
export const ENGINE_METHODS: readonly EngineMethod[] = Object.keys({
  pack: true,
  unpack: true,
  push: true,
  pull: true,
  tag: true,
  remove: true,
  removeRemote: true,
  list: true,
  listRemote: true,
  remoteTags: true,
  catalog: true,
  inspect: true,
  layers: true,
  login: true,
  logout: true,
  probe: true,
  summary: true,
} satisfies Record<EngineMethod, true>) as EngineMethod[];
