import type { ErrorCode } from '../../errors.ts';
import type { Problem } from '../problem.ts';
import { errorAt, quoted, warningAt } from '../problems.ts';
import { isModelReference } from '../reference.ts';
import type { KitfileRule } from '../rule.ts';
import type { PathUse } from './pathUses.ts';

interface PathRule {
  readonly code: ErrorCode;
  readonly rule: KitfileRule;
  readonly breaks: (use: PathUse) => boolean;
  readonly message: (path: string) => string;
}

/** The first that a path breaks is reported. */
const RULES: readonly PathRule[] = [
  {
    code: 'PATH_OUTSIDE',
    rule: 'path-url',
    breaks: ({ path }) => /^https?:\/\//i.test(path),
    message: (path) => `${path} is a web address, and only files of this folder can be packed. Download it first.`,
  },
  {
    code: 'PATH_OUTSIDE',
    rule: 'path-s3',
    breaks: ({ path }) => /^s3:\/\//i.test(path),
    message: (path) => `${path} is not a file of this folder. Only remotePath of a data set can be an s3:// address.`,
  },
  {
    code: 'PATH_OUTSIDE',
    rule: 'path-absolute',
    breaks: ({ path }) => /^(?:\/|\\\\|[A-Za-z]:[/\\])/.test(path),
    message: (path) => `${path} is an absolute path. Write it relative to the folder of the Kitfile.`,
  },
  {
    code: 'PATH_OUTSIDE',
    rule: 'path-outside',
    breaks: ({ clean }) => /^\.\.(?:\/|$)/.test(clean),
    message: (path) => `${path} is outside the folder of the Kitfile. Move the files into it, or the Kitfile up.`,
  },
  {
    code: 'KITFILE_RULE',
    rule: 'reference-not-allowed',
    breaks: ({ section, path }) => section !== 'model' && namesRegistry(path),
    message: (path) =>
      `${path} is read as a reference to a ModelKit, which is possible in model.path and datasets[].remotePath only. kit before 1.12 took it for a file.`,
  },
  {
    code: 'PATH_UNSUPPORTED',
    rule: 'path-dots',
    breaks: ({ clean }) => clean.includes('..'),
    message: (path) => `${path} has two dots inside a name, and kit cannot unpack that. Rename it.`,
  },
];

/** A path that no disk is needed to refuse (spec 1.5, bad-inputs A8, A12). */
export function pathProblem(use: PathUse): readonly Problem[] {
  if (use.section === 'model' && isModelReference(use.path)) return [];
  const broken = RULES.find(({ breaks }) => breaks(use));
  if (!broken) return ambiguous(use);
  const { code, rule, message } = broken;
  return [errorAt(code, rule, message(quoted(use.path)), use.range, { data: { path: use.path } })];
}

/** `x:y` may be a file, and kit 1.7 packs it; `ghcr.io/x:y` is meant as a reference. */
function namesRegistry(path: string): boolean {
  return isModelReference(path) && /^(?:[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?::\d+)?|[\w.-]+:\d+)\//.test(path);
}

function ambiguous({ section, path, range }: PathUse): readonly Problem[] {
  if (section === 'model' || !isModelReference(path)) return [];
  const message = `${quoted(path)} is packed as a file here, but some kits read it as a reference to a ModelKit. Rename the file.`;
  return [warningAt('PORTABILITY', 'path-like-reference', message, range)];
}
