import { programVersion } from '../programVersion.ts';
import { defineVerb } from '../verb.ts';

export const version = defineVerb({
  usage: 'version',
  about: 'Shows the version of modelkit, of Node.js, and the system it runs on.',
  examples: [{ text: 'For a bug report', line: 'modelkit version' }],
  flags: {},
  arity: [0, 0],
  async run({ io }) {
    const facts = { version: programVersion, node: process.version, platform: `${process.platform}/${process.arch}` };
    io.print(`Version: ${facts.version}\nNode.js version: ${facts.node}\nPlatform: ${facts.platform}\n`);
    io.value(facts);
  },
});
