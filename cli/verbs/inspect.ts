import { indentJson, inspect as inspectKit } from '#engine';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

export const inspect = defineVerb({
  usage: 'inspect [flags] REFERENCE',
  about:
    'Shows digest, manifest and Kitfile of a ModelKit as JSON. It is looked for in the local store first, then in the registry that its name says.',
  examples: [
    { text: 'From the local store', line: 'modelkit inspect model:1.0.0' },
    { text: 'From the registry', line: 'modelkit inspect --remote registry.example.com/team/model:1.0.0' },
  ],
  flags: {
    remote: { type: 'boolean', short: 'r', text: 'Ask the registry instead of the local store' },
    ...networkFlags,
  },
  arity: [1, 1],
  async run({ args, flags, io, call, env, globals, limits }) {
    const [reference = ''] = args;
    const { remote } = flags;
    const found = await withEngine({ env, globals, limits }, networkOptions(flags, env), (engine) =>
      inspectKit(engine, reference, { remote }, call),
    );
    const { digest, cliVersion, kitfileJson, manifestJson } = found;
    const parts = `"digest":"${digest}","cliVersion":${JSON.stringify(cliVersion)}`;
    io.document(`${indentJson(`{${parts},"kitfile":${kitfileJson},"manifest":${manifestJson}}`)}\n`);
  },
});
