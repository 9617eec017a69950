import { logout as logOut } from '#engine';
import { defineVerb } from '../verb.ts';
import { withEngine } from '../withEngine.ts';

export const logout = defineVerb({
  usage: 'logout REGISTRY',
  about: 'Forgets the login of a registry. What docker has saved for itself stays.',
  examples: [{ text: 'Forget the login of ghcr.io', line: 'modelkit logout ghcr.io' }],
  flags: {},
  arity: [1, 1],
  async run(call) {
    const [registry = ''] = call.args;
    const result = await withEngine(call, {}, (engine) => logOut(engine, registry, call.call));
    if (result.removed) call.io.say(`Successfully logged out from ${result.registry}`);
    else call.io.note(`There was no login for ${result.registry}.`);
    call.io.value(result);
  },
});
