import { EngineError, type NetworkLimits } from '#engine';
import { type ParsedArgs, readArgs } from './args.ts';
import { createEventPrinter } from './events.ts';
import { reportFailure } from './failure.ts';
import { programHelp, verbHelp } from './help.ts';
import { createIo, type Io } from './io.ts';
import { nearest } from './nearest.ts';
import { type GlobalValues, globalFlags, type Verb, type VerbCall } from './verb.ts';
import { findVerb, splitVerb, type VerbEntry, verbs } from './verbs.ts';

/** What the program needs of its process. */
export interface ProgramProcess extends Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'> {
  /** How long to wait for registries, when not as usual. */
  readonly limits?: Partial<NetworkLimits>;
}

/** Reads the command line, runs the verb, and says how it ended. @returns the exit code */
export async function runProgram(
  args: readonly string[],
  signal: AbortSignal,
  system: ProgramProcess,
): Promise<number> {
  const io = createIo({ json: args.includes('--json'), quiet: isQuiet(args) }, system.stdout, system.stderr);
  try {
    return await runVerb(args, io, signal, system);
  } catch (error) {
    return reportFailure(error, io, signal, isVerbose(args));
  }
}

async function runVerb(args: readonly string[], io: Io, signal: AbortSignal, system: ProgramProcess): Promise<number> {
  const { words, rest } = splitVerb(args);
  if (words.length === 0 || words[0] === 'help') return await showHelp(words.slice(1), io);
  const entry = requireVerb(words);
  const verb = await entry.load();
  const help = `modelkit ${entry.name} --help`;
  const parsed = readArgs(rest, { ...globalFlags, ...verb.flags }, help);
  if (parsed.values.help) return show(verbHelp(verb), io);
  checkArity(verb, parsed.positionals, help);
  return await callVerb(verb, parsed, io, signal, system);
}

async function callVerb(
  verb: Verb,
  parsed: ParsedArgs,
  io: Io,
  signal: AbortSignal,
  system: ProgramProcess,
): Promise<number> {
  let exitCode = 0;
  const globals = parsed.values as unknown as GlobalValues;
  const events = createEventPrinter(io, globals, system.stderr);
  const call: VerbCall = {
    args: parsed.positionals,
    flags: parsed.values as VerbCall['flags'],
    globals,
    io,
    call: { signal, onEvent: events.onEvent },
    env: system.env,
    terminal: { input: system.stdin, output: system.stderr },
    ...(system.limits ? { limits: system.limits } : {}),
    endWith(code) {
      exitCode = code;
    },
  };
  try {
    await verb.run(call);
    return exitCode;
  } finally {
    events.end();
  }
}

async function showHelp(words: readonly string[], io: Io): Promise<number> {
  return show(words.length === 0 ? programHelp(verbs) : verbHelp(await requireVerb(words).load()), io);
}

function show(help: string, io: Io): number {
  io.document(help);
  return 0;
}

function requireVerb(words: readonly string[]): VerbEntry {
  const entry = findVerb(words);
  if (entry) return entry;
  const suggestion = nearest(
    words[0] ?? '',
    verbs.flatMap((verb) => [verb.name, ...verb.aliases]),
  );
  const advice = suggestion
    ? `Did you mean \`modelkit ${suggestion}\`? \`modelkit --help\` lists all verbs.`
    : '`modelkit --help` lists all verbs.';
  throw new EngineError('INPUT_INVALID', `There is no verb "${words[0]}".`, { advice });
}

function checkArity(verb: Verb, positionals: readonly string[], help: string): void {
  const [least, most] = verb.arity;
  if (positionals.length >= least && positionals.length <= most) return;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  const noun = wanted === '1' ? 'argument' : 'arguments';
  throw new EngineError('INPUT_INVALID', `This verb takes ${wanted} ${noun} and got ${positionals.length}.`, {
    advice: `Usage: modelkit ${verb.usage}. \`${help}\` has examples.`,
  });
}

function isVerbose(args: readonly string[]): boolean {
  return args.some((arg) => /^(-v+|--verbose)$/.test(arg));
}

function isQuiet(args: readonly string[]): boolean {
  return args.some((arg, at) => /^--log-level(=|$)/.test(arg) && /(^|=)(warn|error)$/.test(arg + (args[at + 1] ?? '')));
}
