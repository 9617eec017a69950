import { describe, expect, it } from 'vitest';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { EngineError, type ParsedKitfile, parseKitfile } from '#engine';
import { type CheckedDocument, Checker, type Checks } from '../../server/checker.ts';
import { DiskFolders } from '../../server/disk/folders.ts';
import { DiskGate } from '../../server/disk/gate.ts';
import { documentOf } from './support/cursor.ts';

const TEXT = 'manifestVersion: 1.0.0\npakage: {}\n';

describe('a disk that hangs', () => {
  const { check, published } = checkerWith(() => new Promise<ParsedKitfile>(() => undefined));

  it('leaves what the text says, after 200 ms', async () => {
    const began = performance.now();
    check(documentOf(TEXT));
    const { problems } = await published(1);
    expect(problems.map(({ rule }) => rule)).toEqual(['unknown-key']);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('holds two threads at most, and answers to others still come', async () => {
    const gate = new DiskGate();
    let running = 0;
    const hang = () =>
      gate.run(() => {
        running++;
        return new Promise(() => undefined);
      });
    for (let at = 0; at < 5; at++) void hang();
    expect(await new DiskFolders(gate).list('/')).toBeUndefined();
    expect(running).toBe(2);
  });
});

describe('a disk that is slow', () => {
  it('adds what it says when it answers', async () => {
    const slow = { ...parseKitfile(TEXT), problems: [] };
    const { check, published } = checkerWith(() => new Promise((resolve) => setTimeout(() => resolve(slow), 350)));
    check(documentOf(TEXT));
    expect((await published(1)).problems).toHaveLength(1);
    expect((await published(2)).problems).toHaveLength(0);
  });
});

describe('a disk that fails', () => {
  it('leaves what the text says, and is reported', async () => {
    const { check, published, failures } = checkerWith(() =>
      Promise.reject(new EngineError('PERMISSION_DENIED', 'Could not read it.')),
    );
    check(documentOf(TEXT));
    expect((await published(1)).problems).toHaveLength(1);
    expect(failures.map(String)).toEqual(['EngineError: Could not read it.']);
  });

  it('says nothing when the check was cancelled', async () => {
    const { check, failures, all } = checkerWith(() => Promise.reject(new EngineError('CANCELLED', 'Cancelled.')));
    check(documentOf(TEXT));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([failures, all]).toEqual([[], []]);
  });
});

describe('a document that changes', () => {
  it('cancels the check of what it was', async () => {
    const signals: AbortSignal[] = [];
    const { checker, published } = checkerWith(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return parseKitfile(TEXT);
    }, signals);
    checker.check(documentOf(TEXT), 0);
    await expect.poll(() => signals.length).toBe(1);
    checker.check(documentOf(TEXT), 0);
    await published(1);
    // On a busy machine the first answer comes without the disk, and before the second look at it.
    await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });
});

function checkerWith(disk: () => Promise<ParsedKitfile>, signals: AbortSignal[] = []) {
  const all: CheckedDocument[] = [];
  const failures: unknown[] = [];
  const waiting: (() => void)[] = [];
  const checks: Checks = {
    text: async (document) => parseKitfile(document.getText()),
    disk: async (_document, signal) => {
      signals.push(signal);
      return disk;
    },
  };
  const checker = new Checker({
    gate: new DiskGate(),
    checks,
    publish: (_document, checked) => {
      all.push(checked);
      for (const tell of waiting.splice(0)) tell();
    },
    failed: (error) => failures.push(error),
  });
  const published = async (count: number): Promise<CheckedDocument> => {
    for (;;) {
      const found = all[count - 1];
      if (found) return found;
      await new Promise<void>((tell) => waiting.push(tell));
    }
  };
  return { checker, check: (document: TextDocument) => checker.check(document, 0), published, failures, all };
}
