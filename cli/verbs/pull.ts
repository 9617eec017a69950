import { pull as pullKit } from '#engine';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

export const pull = defineVerb({
  usage: 'pull [flags] REFERENCE',
  about:
    'Downloads a ModelKit from a registry into the local store, with the ModelKits that its model refers to. What is here already is not fetched again; every byte is checked against its digest.',
  examples: [
    { text: 'By tag', line: 'modelkit pull registry.example.com/team/model:1.0.0' },
    { text: 'Exactly this one', line: 'modelkit pull registry.example.com/team/model@sha256:…' },
  ],
  flags: networkFlags,
  arity: [1, 1],
  async run({ args, flags, io, call, env, globals, limits }) {
    const [reference = ''] = args;
    io.say(`Pulling ${reference}`);
    const result = await withEngine({ env, globals, limits }, networkOptions(flags, env), (engine) =>
      pullKit(engine, reference, call),
    );
    for (const parent of result.parents) io.say(`Pulled referenced modelkit ${parent.reference}`);
    io.say(`Pulled ${result.digest}`);
    io.value(result);
  },
});
