import type { Scalar, ScalarStyle } from './nodes.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** What a scalar of one line says, or its beginning up to `end`. */
export function scalarText(text: string, { style, content }: Scalar, end = content.end): string {
  const source = text.slice(content.start, end);
  if (style === 'single') return source.replaceAll("''", "'");
  if (style !== 'double') return source;
  return source.replace(/\\(u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)/g, (all, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (ESCAPES[code] ?? all),
  );
}

export interface Written {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** Writes a text in the style of what it replaces; a plain one gets quotes only when it needs them. */
export function writeScalar(value: string, style: ScalarStyle | undefined, inFlow: boolean): Written {
  if (style === 'single' && !hasControl(value)) return { before: '', text: value.replaceAll("'", "''"), after: '' };
  if (style === 'double') return { before: '', text: escaped(value), after: '' };
  if (isPlain(value, inFlow)) return { before: '', text: value, after: '' };
  if (hasControl(value)) return { before: '"', text: escaped(value), after: '"' };
  return { before: "'", text: value.replaceAll("'", "''"), after: "'" };
}

/** True when the text means itself without quotes, and stays a text. */
function isPlain(value: string, inFlow: boolean): boolean {
  if (value === '' || value.trim() !== value || hasControl(value)) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(value) && !/^[-?:][^\s,[\]{}]/.test(value)) return false;
  if (/: |:$| #/.test(value) || (inFlow && /[,[\]{}]/.test(value))) return false;
  return (
    !/^(?:~|null|true|false|yes|no|on|off|y|n|[-+.]?\d[\d_.,:eExX+-]*|---|\.\.\.)$/i.test(value) || isVersion(value)
  );
}

/** `1.0.0` is no number in YAML. */
function isVersion(value: string): boolean {
  return /^\d+\.\d+\.\d[\w.+-]*$/.test(value);
}

function hasControl(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(value);
}

/** JSON's escapes are YAML's too. */
function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
