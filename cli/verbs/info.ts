import { info as readInfo } from '#engine';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

export const info = defineVerb({
  usage: 'info [flags] REFERENCE',
  about:
    'Shows the Kitfile of a ModelKit. It is looked for in the local store first, then in the registry that its name says.',
  examples: [
    { text: 'The whole Kitfile', line: 'modelkit info model:1.0.0' },
    { text: 'One field of it', line: 'modelkit info model:1.0.0 --filter model.name' },
    {
      text: 'From the registry, whatever is here',
      line: 'modelkit info --remote registry.example.com/team/model:1.0.0',
    },
  ],
  flags: {
    remote: { type: 'boolean', short: 'r', text: 'Ask the registry instead of the local store' },
    filter: {
      type: 'string',
      short: 'f',
      value: 'FIELD',
      text: 'Show this field alone, such as package or model.name',
    },
    ...networkFlags,
  },
  arity: [1, 1],
  async run({ args, flags, io, call, env, globals, limits }) {
    const [reference = ''] = args;
    const { remote, filter } = flags;
    const found = await withEngine({ env, globals, limits }, networkOptions(flags, env), (engine) =>
      readInfo(engine, reference, { remote, ...(filter ? { filter } : {}) }, call),
    );
    io.print(found.yaml);
    const { digest, kitfileJson } = found;
    if (io.json)
      io.document(`{"reference":${JSON.stringify(found.reference)},"digest":"${digest}","kitfile":${kitfileJson}}\n`);
  },
});
