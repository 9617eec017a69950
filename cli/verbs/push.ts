import { push as pushKit } from '#engine';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

export const push = defineVerb({
  usage: 'push [flags] SOURCE [DESTINATION]',
  about:
    'Uploads a ModelKit from the local store to a registry. What the registry has already is not sent again, and a lost connection is taken up where it broke. The tag is set last.\nThe destination is the source unless another one is named.',
  examples: [
    { text: 'To the registry in its name', line: 'modelkit push registry.example.com/team/model:1.0.0' },
    {
      text: 'A local ModelKit under another name',
      line: 'modelkit push model:1.0.0 registry.example.com/team/model:1.0.0',
    },
    { text: 'To a registry on this machine', line: 'modelkit push localhost:5000/model:1.0.0 --plain-http' },
  ],
  flags: networkFlags,
  arity: [1, 2],
  async run({ args, flags, io, call, env, globals, limits }) {
    const [source = '', destination] = args;
    const result = await withEngine({ env, globals, limits }, networkOptions(flags, env), (engine) =>
      pushKit(engine, source, destination, call),
    );
    if (result.previousDigest !== undefined) io.say(`${result.reference} was ${result.previousDigest} before`);
    io.say(`Pushed ${result.digest}`);
    io.value(result);
  },
});
