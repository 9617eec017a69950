import {
  type Engine,
  EngineError,
  formatReference,
  type PackCompression,
  type PackResult,
  type PushResult,
  pack as packKit,
  parseReference,
  push,
} from '#engine';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { programVersion } from '../programVersion.ts';
import { readStdin } from '../stdin.ts';
import { defineVerb, type VerbCall } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

const COMPRESSIONS: readonly PackCompression[] = ['none', 'gzip', 'gzip-fastest'];

const flags = {
  file: {
    type: 'string',
    short: 'f',
    value: 'FILE',
    text: 'Another Kitfile, relative to FOLDER; `-` reads standard input',
  },
  tag: {
    type: 'string',
    short: 't',
    value: 'REFERENCE',
    text: 'Name for the ModelKit, with one or more tags: registry/repository:tag1,tag2',
  },
  compression: {
    type: 'string',
    value: 'KIND',
    text: 'Compression of the layers: none (unless told), gzip, gzip-fastest',
  },
  push: { type: 'boolean', text: 'Push it to the registry in its name afterwards' },
  strict: { type: 'boolean', text: 'Refuse what kit would refuse' },
  ...networkFlags,
} as const;

type PackCall = VerbCall<typeof flags>;

export const pack = defineVerb({
  usage: 'pack [flags] FOLDER',
  about:
    'Packs the model, datasets, code and docs that the Kitfile in FOLDER names into a ModelKit in the local store: one layer for each of them. What .kitignore lists is left out.',
  examples: [
    { text: 'This folder, with a name for later', line: 'modelkit pack . -t registry.example.com/team/model:1.0.0' },
    { text: 'Two tags at once', line: 'modelkit pack . -t registry.example.com/team/model:1.0.0,latest' },
    { text: 'Pack and push', line: 'modelkit pack . -t registry.example.com/team/model:1.0.0 --push' },
  ],
  flags,
  arity: [1, 1],
  async run(call) {
    const [folder = ''] = call.args;
    const { flags, io, env } = call;
    const reference = flags.tag;
    if (flags.push && !reference)
      throw new EngineError('INPUT_INVALID', '--push needs a name to push to.', {
        advice: 'Add -t registry.example.com/team/model:1.0.0.',
      });
    const options = { ...(await packOptions(call)), ...(reference ? { reference } : {}) };
    await withEngine(call, networkOptions(flags, env), async (engine) => {
      const packed = await packKit(engine, folder, options, call.call);
      io.say(`Model saved: ${packed.digest}`);
      const pushed = flags.push ? await pushTags(engine, packed, call) : undefined;
      io.value({ ...packed, ...(pushed ? { pushed } : {}) });
    });
  },
});

async function packOptions({ flags, env, terminal }: PackCall) {
  const { file, strict } = flags;
  const epoch = env.SOURCE_DATE_EPOCH;
  return {
    strict,
    compression: compressionOf(flags.compression ?? 'none'),
    cliVersion: `modelkit-vscode/${programVersion}`,
    ...(file === undefined || file === ''
      ? {}
      : { kitfile: file === '-' ? { text: await readStdin(terminal.input) } : file }),
    ...(epoch ? { sourceDateEpoch: epoch } : {}),
  };
}

function compressionOf(text: string): PackCompression {
  const found = COMPRESSIONS.find((compression) => compression === text);
  if (found) return found;
  throw new EngineError('INPUT_INVALID', `The compression "${text}" is unknown.`, {
    advice: `Use one of ${COMPRESSIONS.join(', ')}.`,
  });
}

/** All tags of one digest: after the first push the others send nothing but the tag. */
async function pushTags(engine: Engine, { reference, tags, digest }: PackResult, { io, call }: PackCall) {
  const pushed: PushResult[] = [];
  const named = parseReference(reference);
  for (const tag of tags) {
    const name = formatReference({ ...named, tag });
    pushed.push(await push(engine, name, undefined, call));
    io.say(`Pushed ${digest}`);
  }
  return pushed;
}
