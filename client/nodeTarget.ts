import type * as vscode from 'vscode';

const KINDS = [
  'storeRepository',
  'storeKit',
  'registry',
  'repository',
  'registryKit',
  'layer',
  'more',
  'error',
] as const;

/** `contextValue` of the tree items, and what the page's rows are. */
export type NodeKind = (typeof KINDS)[number];

/**
 * What a command gets from a node of a tree or a row of the page. All texts in full form:
 * `registry/repository[:tag|@digest]`.
 */
export interface NodeTarget {
  readonly kind: NodeKind;
  readonly where: 'local' | 'registry';
  readonly registry?: string;
  /** `registry/repository`. */
  readonly repository?: string;
  readonly reference?: string;
  readonly digest?: string;
}

/** A tree's element may be a NodeTarget itself, or carry one. */
export interface TargetCarrier {
  readonly target: NodeTarget;
}

/** What VS Code hands to a command: a file from the Explorer or an editor's title, or a node of ours. */
export type CommandTarget = vscode.Uri | NodeTarget | TargetCarrier;

/** The node behind a command's argument; undefined for a file and for everything else. */
export function asNode(value: unknown): NodeTarget | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const inner: unknown = 'target' in value ? value.target : value;
  return isNode(inner) ? inner : undefined;
}

function isNode(value: unknown): value is NodeTarget {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('where' in value)) return false;
  return (KINDS as readonly unknown[]).includes(value.kind);
}

/** The nodes that a command is meant for: all that are selected where the one clicked is among them, else that one. */
export function nodesOf(target: unknown, selected: unknown): readonly NodeTarget[] {
  const one = asNode(target);
  const many = Array.isArray(selected) ? selected.map(asNode).filter((node) => node !== undefined) : [];
  return many.length > 1 || !one ? many : [one];
}

/** The reference that a node stands for, as one would type it: its tag, or else its digest. */
export function referenceOf(node: NodeTarget | undefined): string | undefined {
  if (node?.reference !== undefined) return asTyped(node.reference);
  if (node?.repository === undefined || node.digest === undefined) return undefined;
  return asTyped(`${node.repository}@${node.digest}`);
}

/** What is local only has no registry when it is typed, and what is nameless only a digest (spec 4.7). */
export function asTyped(full: string): string {
  return full.replace(/^localhost\//, '').replace(/^_@/, '');
}
