import { EngineError, type Removed, removeAll, remove as removeKit, removeRemote } from '#engine';
import type { Io } from '../io.ts';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { defineVerb, type VerbCall } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

const flags = {
  force: { type: 'boolean', short: 'f', text: 'Remove the ModelKit with all its tags; with --all every ModelKit' },
  all: { type: 'boolean', short: 'a', text: 'Remove all ModelKits that have no tag' },
  remote: { type: 'boolean', short: 'r', text: 'Remove from the registry instead of the local store' },
  ...networkFlags,
} as const;

type RemoveCall = VerbCall<typeof flags>;

export const remove = defineVerb({
  usage: 'remove [flags] REFERENCE[,TAG…]',
  about:
    'Removes a ModelKit from the local store. By a tag it goes only when it has no other tag, else it loses that tag alone; by a digest it goes with all its tags. Content that no other ModelKit needs is deleted.',
  examples: [
    { text: 'One tag', line: 'modelkit remove registry.example.com/team/model:1.0.0' },
    { text: 'Several tags', line: 'modelkit remove registry.example.com/team/model:1.0.0,latest' },
    { text: 'Everything without a tag', line: 'modelkit remove --all' },
    { text: 'From the registry', line: 'modelkit remove --remote registry.example.com/team/model:1.0.0' },
  ],
  flags,
  arity: [0, 1],
  async run(call) {
    checkFlags(call);
    const { args, flags, io, env } = call;
    const removed = await withEngine(call, networkOptions(flags, env), async (engine) => {
      const [reference] = args;
      if (reference === undefined) return await removeAll(engine, { force: flags.force }, call.call);
      if (flags.remote) return [await removeRemote(engine, reference, call.call)];
      return await removeKit(engine, reference, { force: flags.force }, call.call);
    });
    report(removed, flags.all, io);
  },
});

function checkFlags({ args, flags }: RemoveCall): void {
  const wrong = wrongFlags(args.length, flags);
  if (wrong) throw new EngineError('INPUT_INVALID', wrong, { advice: '`modelkit remove --help` has examples.' });
}

/** In kit's words. */
function wrongFlags(count: number, { all, force, remote }: RemoveCall['flags']): string | undefined {
  if (remote && (all || force)) return 'cannot use --all or --force with --remote';
  if (count === 0 && !all) return 'modelkit is required for remove unless --all is specified';
  return count > 0 && all ? 'modelkit should not be specified when --all flag is used' : undefined;
}

function report(removed: readonly Removed[], all: boolean, io: Io): void {
  for (const { reference, digest, untagged } of removed)
    if (all) io.say(`${untagged ? 'Untagged' : 'Removed'} ${reference}`);
    else io.say(`Removed ${reference} (digest ${digest})`);
  io.value({ removed });
}
