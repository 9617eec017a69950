import { type LayerInfo, layers as listLayers } from '#engine';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { cell, sizeText, table } from '../text.ts';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

const HEADER = ['KIND', 'NAME', 'PATH', 'SIZE', 'SHARE', 'DIGEST'];

export const layers = defineVerb({
  usage: 'layers [flags] REFERENCE',
  about: 'Lists the layers of a ModelKit: what each holds, its size, and its share of the whole.',
  examples: [{ text: 'Where do the gigabytes come from?', line: 'modelkit layers model:1.0.0' }],
  flags: {
    remote: { type: 'boolean', short: 'r', text: 'Ask the registry instead of the local store' },
    ...networkFlags,
  },
  arity: [1, 1],
  async run({ args, flags, io, call, env, globals, limits }) {
    const [reference = ''] = args;
    const { remote } = flags;
    const found = await withEngine({ env, globals, limits }, networkOptions(flags, env), (engine) =>
      listLayers(engine, reference, { remote }, call),
    );
    io.print(`${table([HEADER, ...found.map(row)])}\n`);
    io.value(found);
  },
});

function row({ kind, name, path, size, share, digest }: LayerInfo): readonly string[] {
  return [kind, name || '<none>', path || '.', sizeText(size), `${(share * 100).toFixed(1)} %`, digest].map(cell);
}
