import { storeContract } from '../contracts/store.ts';
import { createClock } from '../support/store-acts.ts';
import { makeFolder, openTestStore } from '../support/sqlite-store.ts';

storeContract('the SQLite store', async () => {
  const { folder, remove } = await makeFolder();
  const clock = createClock();
  const options = { clock, quarantineBytes: 1_000_000 };
  const [store, second] = [await openTestStore(folder, options), await openTestStore(folder, options)];
  return {
    store,
    second,
    pass: (ms) => {
      clock.forward(ms);
      return Promise.resolve();
    },
    close: async () => {
      await Promise.all([store.close(), second.close()]);
      await remove();
    },
  };
});
