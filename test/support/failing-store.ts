import { StoreUnavailable } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/store.ts';

/** A real store whose connection breaks when it is told to. */
export interface BreakableStore {
  readonly store: Store;
  /** The next calls of this kind fail; `after` lets each be carried out first, so that only its answer is lost. */
  breakNext(method: keyof Store, times: number, when?: 'before' | 'after'): void;
}

/** Puts itself before a real store. */
export function breakable(store: Store): BreakableStore {
  const broken = new Map<string | symbol, { times: number; readonly when: 'before' | 'after' }>();
  const handler: ProxyHandler<Store> = {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...input: unknown[]): unknown => {
        const fault = broken.get(name);
        const call = (): unknown => Reflect.apply(member, target, input);
        if (fault === undefined || fault.times === 0) return call();
        fault.times -= 1;
        const lost = (): never => {
          throw new StoreUnavailable('the connection broke');
        };
        return fault.when === 'before' ? Promise.resolve().then(lost) : Promise.resolve(call()).then(lost);
      };
    },
  };
  return {
    store: new Proxy(store, handler),
    breakNext: (method, times, when = 'before') => {
      broken.set(method, { times, when });
    },
  };
}
