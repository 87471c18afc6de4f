import { afterEach, beforeEach, describe } from '@jest/globals';
import { acceptingContract } from './store/accepting.ts';
import { committingContract } from './store/committing.ts';
import { erasingContract } from './store/erasing.ts';
import { keepingContract } from './store/keeping.ts';
import { logContract } from './store/log.ts';
import { mailboxContract } from './store/mailbox.ts';
import { owningContract } from './store/owning.ts';
import { poisonContract } from './store/poison.ts';
import { sendingContract } from './store/sending.ts';
import type { StoreUnderTest } from './store/under-test.ts';

/** What every store promises (core/store.ts). The factory gives a fresh, empty store each time. */
export function storeContract(name: string, factory: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let current: StoreUnderTest | undefined;
    beforeEach(async () => {
      current = await factory();
    });
    afterEach(async () => {
      await current?.close();
      current = undefined;
    });
    const get = (): StoreUnderTest => {
      if (current === undefined) throw new Error('the store was not made');
      return current;
    };
    acceptingContract(get);
    owningContract(get);
    mailboxContract(get);
    committingContract(get);
    erasingContract(get);
    sendingContract(get);
    poisonContract(get);
    logContract(get);
    keepingContract(get);
  });
}
