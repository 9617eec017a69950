/** The only door of the engine: what other folders may use. */

// archive
export { type IgnoreRules, readIgnoreRules } from './archive/ignoreRules.ts';
export type { ErrorCode, ErrorFacts, WarningCode } from './errors.ts';
// errors
export { EngineError, ERROR_CODES, fullText, isEngineError } from './errors.ts';
// kitfile
export { configJson } from './kitfile/configJson.ts';
export { withDigests } from './kitfile/digests.ts';
export { layerEntries } from './kitfile/entries.ts';
export { findKitfile, KITFILE_NAMES } from './kitfile/findKitfile.ts';
export { kitfileFromConfig } from './kitfile/fromConfig.ts';
export { kitfileYaml } from './kitfile/kitfileYaml.ts';
export type { DialectNote, Kitfile, KitfileEntry, KitfileSection, ParameterValue } from './kitfile/model.ts';
export { type LocatedEntry, type ParsedKitfile, type ParseOptions, parseKitfile } from './kitfile/parse.ts';
export { positionAt } from './kitfile/position.ts';
export type { Problem, Severity, TextRange } from './kitfile/problem.ts';
export { isModelReference } from './kitfile/reference.ts';
export { KITFILE_RULES, type KitfileRule } from './kitfile/rule.ts';
export { assertNoErrors } from './kitfile/usable.ts';
// modelkit
export type { Call, EngineEvent } from './modelkit/call.ts';
export { type CatalogPage, catalog } from './modelkit/catalog.ts';
export { type CheckedKitfile, type CheckOptions, checkKitfile } from './modelkit/check.ts';
export {
  type CheckFolderOptions,
  checkFolder,
  type FolderCheck,
  type PlacedProblem,
} from './modelkit/checkFolder.ts';
export { type Engine, type EngineOptions, openEngine } from './modelkit/engine.ts';
export type { Where } from './modelkit/findKit.ts';
export { indentJson } from './modelkit/goJson.ts';
export { type InfoOptions, type InfoResult, info } from './modelkit/info.ts';
export { type Inspection, inspect } from './modelkit/inspect.ts';
export { type LayerInfo, type LookOptions, layers } from './modelkit/layers.ts';
export { list } from './modelkit/list.ts';
export type { ListEntry } from './modelkit/listEntry.ts';
export { listRemote } from './modelkit/listRemote.ts';
export { type LoginResult, login } from './modelkit/login.ts';
export { type LogoutResult, logout } from './modelkit/logout.ts';
export { type PackedLayer, type PackOptions, type PackResult, pack } from './modelkit/pack.ts';
export type { PackCompression } from './modelkit/packLayers.ts';
export type { KitfileChoice } from './modelkit/packSource.ts';
export type { PageOptions } from './modelkit/pageOfNames.ts';
export { type ProbeStep, type ProbeStepName, probeRegistry } from './modelkit/probe.ts';
export { type PullEngine, type PulledKit, type PullResult, pull } from './modelkit/pull.ts';
export { type PushEngine, type PushResult, push } from './modelkit/push.ts';
export { remoteTags, type TagsPage } from './modelkit/remoteTags.ts';
export { type Removed, type RemoveOptions, remove } from './modelkit/remove.ts';
export { removeAll } from './modelkit/removeAll.ts';
export { type RemoveRemoteResult, removeRemote } from './modelkit/removeRemote.ts';
export { type TagResult, tag } from './modelkit/tag.ts';
export { type UnpackOptions, type UnpackResult, unpack } from './modelkit/unpack.ts';
// oci
export type { Descriptor } from './oci/descriptor.ts';
export type { Digest } from './oci/digest.ts';
export type { Manifest } from './oci/manifest.ts';
export type { Compression, LayerFormat, LayerKind } from './oci/mediaTypes.ts';
export {
  displayName,
  displayReference,
  formatReference,
  isLocalOnly,
  isTag,
  parseReference,
  type Reference,
  repositoryName,
  withDefaultTag,
} from './oci/reference.ts';
// registry
export type { Credential, CredentialStore } from './registry/credential.ts';
export { memoryCredentials } from './registry/credential.ts';
export { fileCredentials } from './registry/credentials.ts';
export { normalHost } from './registry/hosts.ts';
export type { NetworkLimits } from './registry/limits.ts';
export type { NetworkOptions } from './registry/networkOptions.ts';
export type { Page } from './registry/paging.ts';
export { Registries, type RemoteOptions } from './registry/registries.ts';
// store
export { type Environment, type HomeOptions, resolveHome } from './store/home.ts';
export { type AddBlobOptions, type LocalKit, LocalRepository, LocalStore, type SavedBlob } from './store/localStore.ts';
export type { StoreHooks, StoreOptions } from './store/storeHooks.ts';
