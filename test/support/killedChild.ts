/** A process that kills itself right before its nth change of the disk: `killedChild.ts <home> <verb> <n>`. */
import { watchedDisk } from './faultyDisk.ts';
import { runVerb, type StoreVerb } from './storeVerbs.ts';

const [home = '', verb = 'add', nth = '0'] = process.argv.slice(2);
let changes = 0;
const disk = watchedDisk(() => {
  changes += 1;
  if (changes === Number(nth)) process.kill(process.pid, 'SIGKILL');
});
await runVerb(home, verb as StoreVerb, { disk });
