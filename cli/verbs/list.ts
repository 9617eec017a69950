import { list as listLocal, listRemote } from '#engine';
import { listText } from '../listText.ts';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

export const list = defineVerb({
  usage: 'list [flags] [REPOSITORY]',
  about:
    'Lists the ModelKits of the local store, or of one repository in a registry: one line per tag, with the size of all layers.\nA Go template is printed once per ModelKit; its fields are .Repo .Tags .Digest .ModelName .Size .Author.',
  examples: [
    { text: 'What is in the local store', line: 'modelkit list' },
    { text: 'What is in a registry', line: 'modelkit list registry.example.com/team/model' },
    { text: 'Digests alone', line: "modelkit list --format '{{ .Repo }}@{{ .Digest }}'" },
  ],
  flags: {
    format: { type: 'string', value: 'FORMAT', text: 'table, json, or a Go template' },
    ...networkFlags,
  },
  arity: [0, 1],
  async run({ args, flags, io, call, env, globals, limits }) {
    const [repository] = args;
    const text = await listText(flags.format ?? 'table');
    const entries = await withEngine({ env, globals, limits }, networkOptions(flags, env), (engine) =>
      repository === undefined ? listLocal(engine, call) : listRemote(engine, repository, call),
    );
    io.print(text(entries));
    io.value(entries);
  },
});
