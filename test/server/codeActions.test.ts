import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CheckedKitfile, type Problem, parseKitfile } from '#engine';
import { codeActions } from '../../server/features/codeActions.ts';
import { toDiagnostics } from '../../server/features/diagnostics.ts';
import { documentOf } from './support/cursor.ts';

const options = { rulesUri: 'file:///rules.md', relatedInformation: true };

describe('a quick fix', () => {
  it.each([
    [
      'a misspelt section',
      'manifestVersion: 1.0.0\npakage: # which\n  name: x\n',
      'manifestVersion: 1.0.0\npackage: # which\n  name: x\n',
    ],
    [
      'a misspelt key in a list',
      'manifestVersion: 1.0.0\ncode:\n  - pth: x # y\n',
      'manifestVersion: 1.0.0\ncode:\n  - path: x # y\n',
    ],
    [
      'a misspelt key in brackets',
      'manifestVersion: 1.0.0\npackage: {nme: x}\n',
      'manifestVersion: 1.0.0\npackage: {name: x}\n',
    ],
    ['a misspelt key in quotes', 'manifestVersion: 1.0.0\n"modell": {}\n', 'manifestVersion: 1.0.0\n"model": {}\n'],
    ['a key in the wrong case', 'manifestVersion: 1.0.0\nModel: {}\n', 'manifestVersion: 1.0.0\nmodel: {}\n'],
    ["the guide's version", 'manifestVersion: v1alpha1 # old\n', 'manifestVersion: 1.0.0 # old\n'],
    ['a missing version', '# mine\npackage:\n  name: x\n', '# mine\nmanifestVersion: 1.0.0\npackage:\n  name: x\n'],
    ['a missing version in lines of Windows', 'package: {}\r\n', 'manifestVersion: 1.0.0\r\npackage: {}\r\n'],
  ])('corrects %s and nothing else', (_what, text, expected) => {
    expect(fixed(text)).toBe(expected);
  });

  it('is preferred, and says what it does', () => {
    const document = documentOf('manifestVersion: 1.0.0\npakage: {}\n');
    const [action] = codeActions(document, toDiagnostics(parseKitfile(document.getText()).problems, document, options));
    expect(action).toMatchObject({ title: 'Change to "package"', kind: 'quickfix', isPreferred: true });
  });

  it('writes a path in quotes where it needs them', () => {
    const text = 'manifestVersion: 1.0.0\ncode:\n  - path: my, data #1\n';
    const start = text.indexOf('my, data');
    const problem: Problem = {
      code: 'PATH_NOT_FOUND',
      rule: 'path-missing',
      severity: 'error',
      message: 'Not there.',
      range: { start, end: start + 8 },
      data: { suggestion: 'My, data #1' },
    };
    expect(fixed(text, [problem])).toContain("- path: 'My, data #1' #1\n");
  });

  it('is not offered where nothing is suggested', () => {
    const document = documentOf('manifestVersion: 1.0.0\nnonsense: {}\n');
    expect(codeActions(document, toDiagnostics(parseKitfile(document.getText()).problems, document, options))).toEqual(
      [],
    );
  });

  it('adds no line to a Kitfile in brackets', () => {
    const document = documentOf('{ package: {} }');
    expect(codeActions(document, toDiagnostics(parseKitfile(document.getText()).problems, document, options))).toEqual(
      [],
    );
  });
});

function fixed(text: string, problems: CheckedKitfile['problems'] = parseKitfile(text).problems): string {
  const document = documentOf(text);
  const actions = codeActions(document, toDiagnostics(problems, document, options));
  return TextDocument.applyEdits(
    document,
    actions.flatMap(({ edit }) => edit?.changes?.[document.uri] ?? []),
  );
}
