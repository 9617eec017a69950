import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIgnoreRules, readIgnoreRules } from '../../../engine/archive/ignoreRules.ts';
import { emptyFolder, folderWith } from './support/folders.ts';

interface Verdict {
  readonly ignore: string;
  readonly paths: readonly string[];
  readonly ignored: readonly string[] | null;
}

const VERDICTS: readonly Verdict[] = JSON.parse(
  readFileSync(new URL('../../fixtures/archive/ignore.json', import.meta.url), 'utf8'),
);

function ignored(patterns: string, ...paths: readonly string[]): readonly string[] {
  const rules = parseIgnoreRules(patterns);
  return paths.filter((path) => rules.ignores(path));
}

describe('what Go said about', () => {
  it.each(VERDICTS.filter((verdict) => verdict.ignored))('$ignore', ({ ignore, paths, ignored: wanted }) => {
    expect(ignored(ignore, ...paths)).toEqual(wanted);
  });

  it.each(VERDICTS.filter((verdict) => !verdict.ignored))('$ignore is an error, and is refused', ({ ignore }) => {
    expect(() => parseIgnoreRules(ignore)).toThrow(expect.objectContaining({ code: 'KITIGNORE_SYNTAX' }));
  });
});

describe('a pattern', () => {
  it.each([
    ['*.md', ['a.md'], ['b/a.md']],
    ['**/*.md', ['a.md', 'b/c/a.md'], ['a.mdx']],
    ['dir/', ['dir', 'dir/a', 'dir/b/c'], ['a/dir', 'dir2']],
    ['dir/**', ['dir/a', 'dir/b/c'], ['dir']],
    ['**/name', ['name', 'a/name', 'a/name/b'], ['xname']],
    ['**name', ['name', 'xname'], ['names']],
    ['[a-c]', ['a', 'c'], ['d']],
    ['[^a]', ['b'], ['a']],
    ['[!a]', ['!', 'a'], ['b']],
    ['{a,b}', ['{a,b}'], ['a']],
    ['\\*', ['*'], ['a']],
    ['/root', ['root'], ['a/root']],
    ['?', ['a', 'é', '😀'], ['ab']],
  ])('%s ignores %j and not %j (spec 2.5)', (pattern, yes, no) => {
    expect(ignored(pattern, ...yes, ...no)).toEqual(yes);
  });
});

describe('lines', () => {
  it('that come later win', () => {
    expect(ignored('a\n!a/b', 'a', 'a/b', 'a/c')).toEqual(['a', 'a/c']);
    expect(ignored('!a/b\na', 'a/b')).toEqual(['a/b']);
  });

  it('with # first are comments, others are not', () => {
    expect(ignored('#a\n #b', 'a', '#a', '#b')).toEqual(['#b']);
  });

  it('may begin with a byte order mark and end as on Windows', () => {
    expect(ignored('\ufeffa\r\nb\r\n', 'a', 'b')).toEqual(['a', 'b']);
  });

  it('cannot bring back the Kitfile, at the root only', () => {
    expect(ignored('!Kitfile\n!.kitignore', 'Kitfile', 'kitfile', '.kitfile', '.kitignore', 'sub/Kitfile')).toEqual([
      'Kitfile',
      'kitfile',
      '.kitfile',
      '.kitignore',
    ]);
  });

  it('tell whether one of them is an exception', () => {
    expect(parseIgnoreRules('a\n!b').hasExceptions).toBe(true);
    expect(parseIgnoreRules('a').hasExceptions).toBe(false);
  });
});

describe('a line that is not valid', () => {
  it.each([
    ['an open class', 'ok\n\n[a-', 3, '[a-'],
    ['an exception of nothing', '!', 1, '!'],
    ['a backslash at the end', 'a\\', 1, 'a\\'],
    ['a class that runs backwards', '#\n[z-a]', 2, '[z-a]'],
  ])('is named: %s', (_, content, line, pattern) => {
    expect(() => parseIgnoreRules(content, '/kit/.kitignore')).toThrow(
      expect.objectContaining({
        code: 'KITIGNORE_SYNTAX',
        message: `/kit/.kitignore:${line}: the pattern "${pattern}" is not valid.`,
        facts: { file: '/kit/.kitignore', line, pattern },
      }),
    );
  });
});

describe('an ignore file', () => {
  it('that is too large is refused', () => {
    const tooLarge = expect.objectContaining({ code: 'KITFILE_LIMIT' });
    expect(() => parseIgnoreRules('#'.repeat(1024 * 1024 + 1))).toThrow(tooLarge);
    expect(() => parseIgnoreRules('a\n'.repeat(10_001))).toThrow(tooLarge);
    expect(() => parseIgnoreRules('*{1000}'.repeat(1).concat('\n*a{1000}'.repeat(5_000)))).toThrow();
  });

  it('of hostile patterns is matched at once', () => {
    const rules = parseIgnoreRules('**/*a*a*a*a*a*a*a*a*b\n'.repeat(100));
    const started = performance.now();
    expect(rules.ignores('a'.repeat(250))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('that is missing leaves the built-in rules', async () => {
    const rules = await readIgnoreRules(await emptyFolder());
    expect([rules.ignores('Kitfile'), rules.ignores('a')]).toEqual([true, false]);
  });

  it('is read from the context', async () => {
    const rules = await readIgnoreRules(await folderWith({ '.kitignore': 'secret' }));
    expect(rules.ignores('secret')).toBe(true);
  });

  it.each([
    ['a folder', { '.kitignore/': '' }],
    ['a pipe', { '.kitignore': { type: 'fifo' } }],
    ['a link in a circle', { '.kitignore': { type: 'symlink', to: '.kitignore' } }],
  ] as const)('that is %s is refused: it may be what keeps secrets out', async (_, things) => {
    const context = await folderWith(things);
    await expect(readIgnoreRules(context)).rejects.toMatchObject({ code: 'KITIGNORE_SYNTAX' });
  });

  it('keeps names apart that are no UTF-8', () => {
    const rules = parseIgnoreRules(Buffer.from([0xff, 0x0a, 0x3f, 0x2e]));
    expect([rules.ignores('\udcff'), rules.ignores('\udcfe'), rules.ignores('\udcfe.')]).toEqual([true, false, true]);
  });
});

it('is refused when it cannot be read, unless one may read everything', async () => {
  const context = await folderWith({ '.kitignore': 'secret' });
  await chmod(join(context, '.kitignore'), 0);
  const wanted = process.getuid?.() === 0 ? { hasExceptions: false } : { code: 'KITIGNORE_SYNTAX' };
  expect(await readIgnoreRules(context).catch((error: unknown) => error)).toMatchObject(wanted);
});
