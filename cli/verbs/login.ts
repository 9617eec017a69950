import { EngineError, login as logIn } from '#engine';
import { askLine, askSecret } from '../ask.ts';
import { networkFlags, networkOptions } from '../networkFlags.ts';
import { readStdin } from '../stdin.ts';
import { defineVerb, type VerbCall } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

const flags = {
  username: { type: 'string', short: 'u', value: 'NAME', text: 'User name; without one the password is a token' },
  password: {
    type: 'string',
    short: 'p',
    value: 'SECRET',
    text: 'Password or access token; others on this machine can see it, so better use --password-stdin',
  },
  'password-stdin': { type: 'boolean', text: 'Read the password from standard input' },
  ...networkFlags,
} as const;

type LoginCall = VerbCall<typeof flags>;

export const login = defineVerb({
  usage: 'login [flags] REGISTRY',
  about:
    'Logs in to a registry. The registry checks user name and password; if it takes them, they are kept where kit and docker keep theirs, and used from then on.\nWhat is not given is asked for on a terminal.',
  examples: [
    { text: 'Asks for user name and password', line: 'modelkit login ghcr.io' },
    { text: 'In a script', line: 'echo "$TOKEN" | modelkit login ghcr.io -u ada --password-stdin' },
  ],
  flags,
  arity: [1, 1],
  async run(call) {
    const [registry = ''] = call.args;
    const { io } = call;
    const credentials = await readCredentials(call, registry);
    const result = await withEngine(call, networkOptions(call.flags, call.env), (engine) =>
      logIn(engine, registry, credentials, call.call),
    );
    if (!result.checked) io.note(`warning: ${result.registry} did not ask for a login, so nobody has checked it.`);
    io.say('Log in successful');
    io.value(result);
  },
});

async function readCredentials(call: LoginCall, registry: string): Promise<{ username: string; password: string }> {
  const { username, password, 'password-stdin': fromStdin } = call.flags;
  if (password !== undefined && fromStdin)
    throw new EngineError('INPUT_INVALID', '-p and --password-stdin cannot be used together.', {
      advice: 'Use one of them.',
    });
  if (fromStdin) return { username: username ?? '', password: await passwordFromStdin(call.terminal.input) };
  if (password !== undefined) return { username: username ?? '', password };
  return await askForRest(call, registry, username);
}

/** Only the line's end is taken away: blanks may belong to the password (bad-inputs E7). */
async function passwordFromStdin(stdin: NodeJS.ReadStream): Promise<string> {
  const password = (await readStdin(stdin)).toString().replace(/\r?\n$/, '');
  if (password !== '') return password;
  throw new EngineError('INPUT_INVALID', 'Standard input holds no password.', {
    advice: 'Pipe it in, such as `echo "$TOKEN" | modelkit login … --password-stdin`.',
  });
}

async function askForRest(
  { terminal, call }: LoginCall,
  registry: string,
  username: string | undefined,
): Promise<{ username: string; password: string }> {
  if (!terminal.input.isTTY)
    throw new EngineError('INPUT_INVALID', 'There is no password, and no terminal to ask for one.', {
      advice: 'Give it by --password-stdin, or by -p.',
    });
  const name = username ?? (await askLine(terminal, `User name for ${registry}: `, call.signal));
  return { username: name, password: await askSecret(terminal, 'Password: ', call.signal) };
}
