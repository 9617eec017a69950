/** One of many processes that change a store at the same time: `busyChild.ts <home> <number> <rounds>`. */
import { LocalStore } from '../../engine/store/localStore.ts';
import { noise, smallKit } from './blobs.ts';
import { storeKit } from './storeKit.ts';

const [home = '', number = '0', rounds = '1'] = process.argv.slice(2);
const store = new LocalStore(home);
const layer = noise(2000, 77);
for (let round = 0; round < Number(rounds); round += 1) {
  const name = `${number}-${round}`;
  const shared = store.repository('localhost/shared');
  await storeKit(shared, smallKit(layer, `stays ${name}`), `stays-${name}`);
  const goes = smallKit(layer, `goes ${name}`);
  await storeKit(shared, goes, `goes-${name}`);
  await shared.remove(goes.descriptor.digest);
  const own = store.repository(`localhost/own-${number}`);
  const kit = smallKit(noise(100, Number(number) + 1), `own ${name}`);
  await storeKit(own, kit, 'latest');
}
