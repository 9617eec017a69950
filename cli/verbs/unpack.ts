import { unpack as unpackKit } from '#engine';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { defineVerb, type FlagValues } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

const typeFlags = {
  kitfile: { type: 'boolean', text: 'Only the Kitfile' },
  model: { type: 'boolean', text: 'Only the model and its parts' },
  code: { type: 'boolean', text: 'Only code' },
  datasets: { type: 'boolean', text: 'Only datasets' },
  docs: { type: 'boolean', text: 'Only docs' },
  configs: { type: 'boolean', text: 'Only what the Kitfile had in configs' },
} as const;

const flags = {
  dir: {
    type: 'string',
    short: 'd',
    value: 'FOLDER',
    text: 'Where to; this folder unless told. It is made when missing',
  },
  overwrite: { type: 'boolean', short: 'o', text: 'Replace files that are there' },
  'ignore-existing': { type: 'boolean', short: 'i', text: 'Leave files that are there as they are' },
  filter: {
    type: 'list',
    short: 'f',
    value: 'FILTER',
    text: 'Only these: types, with names or paths (`model,docs`, `datasets:train`), or files (`*.py,*.yaml`); may be given again',
  },
  ...typeFlags,
  ...networkFlags,
} as const;

export const unpack = defineVerb({
  usage: 'unpack [flags] REFERENCE',
  about:
    'Writes the files of a ModelKit into a folder, from the local store if it is there, else straight from the registry. Files appear only when their layer is whole and right, and none is replaced unless --overwrite says so.',
  examples: [
    { text: 'Everything', line: 'modelkit unpack registry.example.com/team/model:1.0.0 -d ./model' },
    { text: 'Model and code', line: 'modelkit unpack model:1.0.0 --filter model,code -d ./model' },
    { text: 'One dataset', line: 'modelkit unpack model:1.0.0 --filter datasets:train' },
    { text: 'Some files', line: 'modelkit unpack model:1.0.0 --filter "*.py,*.yaml"' },
  ],
  flags,
  arity: [1, 1],
  async run(call) {
    const [reference = ''] = call.args;
    const { flags, io, env } = call;
    const result = await withEngine(call, networkOptions(flags, env), (engine) =>
      unpackKit(
        engine,
        reference,
        {
          folder: flags.dir ?? '.',
          filters: filtersOf(flags),
          overwrite: flags.overwrite,
          ignoreExisting: flags['ignore-existing'],
        },
        call.call,
      ),
    );
    if (result.skipped > 0) io.say(`${result.skipped} files were there already and stay as they are`);
    io.value(result);
  },
});

/** kit's old flags are a union of types, and nothing beside --filter (spec 6.3). */
function filtersOf(given: FlagValues<typeof flags>): readonly string[] {
  if (given.filter.length > 0) return given.filter;
  const types = (Object.keys(typeFlags) as (keyof typeof typeFlags)[]).filter((type) => given[type]);
  return types.length > 0 ? [types.join(',')] : [];
}
