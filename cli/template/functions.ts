import { invalid } from './parse.ts';

/** A value as Go's fmt prints it: a list is `[a b]`. */
export function shown(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(shown).join(' ')}]` : String(value);
}

/** Go's idea of a value that is not empty. */
export function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

type TemplateFunction = (...args: readonly unknown[]) => unknown;

const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  len: (value) => length(value),
  index: (list, at) => element(list, at),
  join: (list, separator) => (Array.isArray(list) ? list : [list]).map(shown).join(shown(separator ?? ',')),
  json: (value) => JSON.stringify(value),
  upper: (value) => shown(value).toUpperCase(),
  lower: (value) => shown(value).toLowerCase(),
  print: (...args) => args.map(shown).join(''),
  println: (...args) => `${args.map(shown).join(' ')}\n`,
  printf: (format, ...args) => formatted(shown(format), args),
  eq: (first, ...others) => others.some((other) => other === first),
  ne: (first, second) => first !== second,
  not: (value) => !isTrue(value),
  and: (...args) => args.find((value) => !isTrue(value)) ?? args.at(-1),
  or: (...args) => args.find(isTrue) ?? args.at(-1),
};

/** @throws EngineError INPUT_INVALID for a function that does not exist or cannot do it */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!found) throw invalid(`there is no function "${name}"`);
  return found(...args);
}

function length(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'string') return Buffer.byteLength(value);
  throw invalid('len needs a list or a text');
}

function element(list: unknown, at: unknown): unknown {
  if (Array.isArray(list) && typeof at === 'number' && at >= 0 && at < list.length) return list[at];
  throw invalid(`index ${shown(at)} is not in the list`);
}

/** The verbs %s %v %d %q %%, with a width such as %-20s. */
function formatted(format: string, args: readonly unknown[]): string {
  const rest = [...args];
  return format.replace(/%(-?)(\d*)([svdq%])/g, (_all, left: string, width: string, verb: string) => {
    if (verb === '%') return '%';
    if (rest.length === 0) throw invalid('printf has more verbs than values');
    const value = rest.shift();
    const text = verb === 'q' ? JSON.stringify(shown(value)) : shown(value);
    return left ? text.padEnd(Number(width)) : text.padStart(Number(width));
  });
}
