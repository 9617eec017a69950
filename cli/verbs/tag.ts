import { type Call, EngineError, formatReference, isTag, parseReference, tag as tagKit } from '#engine';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

const flags = {
  'same-repo': { type: 'boolean', text: 'Take DESTINATION for a tag in the repository of SOURCE' },
} as const;

export const tag = defineVerb({
  usage: 'tag [flags] SOURCE DESTINATION',
  about:
    'Gives a ModelKit of the local store a further name. Its content is not copied. A tag that is there already moves to it.',
  examples: [
    {
      text: 'A further tag in the same repository',
      line: 'modelkit tag registry.example.com/team/model:1.0.0 registry.example.com/team/model:latest',
    },
    { text: 'The same, shorter', line: 'modelkit tag registry.example.com/team/model:1.0.0 latest --same-repo' },
  ],
  flags,
  arity: [2, 2],
  async run({ args, flags, io, call, env, globals }) {
    const [source = '', destination = ''] = args;
    const target = flags['same-repo'] ? inRepositoryOf(source, destination) : asKit(source, destination, call);
    const result = await withEngine({ env, globals }, {}, (engine) => tagKit(engine, source, target, call));
    io.say(`Modelkit ${result.from} tagged as ${result.to}`);
    io.value(result);
  },
});

function inRepositoryOf(source: string, tag: string): string {
  if (!isTag(tag))
    throw new EngineError('INPUT_INVALID', `"${tag}" cannot be a tag.`, {
      advice: 'With --same-repo the destination is a tag alone, such as latest.',
    });
  const { registry, repository } = parseReference(source);
  return formatReference({ registry, repository, tag, extraTags: [] });
}

/** A word alone is a repository, although it looks like a tag: kit takes it so, and we say so (spec 10.2). */
function asKit(source: string, destination: string, { onEvent }: Call): string {
  if (/[/:@]/.test(destination) || !isTag(destination)) return destination;
  onEvent?.({
    type: 'warning',
    code: 'DIALECT',
    message: `"${destination}" is a repository of its own, not a tag of ${source}. For the tag, add --same-repo.`,
  });
  return destination;
}
