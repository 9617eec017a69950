import { dirname, resolve } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { YamlTree } from './yaml/nodes.ts';
import { readYaml } from './yaml/read.ts';

/** Beyond this, a document gets syntax and schema checks only (bad-inputs G1). In UTF-16 units, never more than its bytes. */
export const ALL_FEATURES_LIMIT = 1024 * 1024;

interface Read {
  readonly version: number;
  readonly tree: YamlTree;
}

const trees = new WeakMap<TextDocument, Read>();

export function isBig(document: TextDocument): boolean {
  return document.getText().length > ALL_FEATURES_LIMIT;
}

/** The tree of the document's present version, read once. */
export function treeOf(document: TextDocument): YamlTree {
  const read = trees.get(document);
  if (read?.version === document.version) return read.tree;
  const tree = readYaml(document.getText());
  trees.set(document, { version: document.version, tree });
  return tree;
}

/** The absolute path of a document on the local disk; undefined for every other one (bad-inputs G7). */
export function filePathOf(uri: string): string | undefined {
  try {
    const { scheme, authority, fsPath } = URI.parse(uri, true);
    if (scheme !== 'file' || fsPath.includes('\0')) return undefined;
    if (authority !== '' && process.platform !== 'win32') return undefined;
    return resolve(fsPath);
  } catch {
    // A text that is no URI names no file.
    return undefined;
  }
}

/** The folder that the document's paths are relative to. */
export function folderOf(uri: string): string | undefined {
  const path = filePathOf(uri);
  return path === undefined ? undefined : dirname(path);
}
