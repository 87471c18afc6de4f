import { StoreUnavailable } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/store.ts';

type Answer<Member> = Member extends (...input: never[]) => Promise<infer Value> ? Value : never;
type Fault = { times: number; readonly kind: 'before' | 'after' | 'answer'; readonly answer?: unknown };

/** A real store whose connection breaks when it is told to. */
export interface BreakableStore {
  readonly store: Store;
  /** The next calls of this kind fail; `after` lets each be carried out first, so that only its answer is lost. */
  breakNext(method: keyof Store, times: number, when?: 'before' | 'after'): void;
  /** The next calls of this kind are not carried out and answered with this. */
  answerNext<Method extends keyof Store>(method: Method, times: number, answer: Answer<Store[Method]>): void;
}

/** Puts itself before a real store. */
export function breakable(store: Store): BreakableStore {
  const broken = new Map<string | symbol, Fault>();
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
        if (fault.kind === 'answer') return Promise.resolve(fault.answer);
        return fault.kind === 'before' ? Promise.resolve().then(lost) : Promise.resolve(call()).then(lost);
      };
    },
  };
  return {
    store: new Proxy(store, handler),
    breakNext: (method, times, kind = 'before') => {
      broken.set(method, { times, kind });
    },
    answerNext: (method, times, answer) => {
      broken.set(method, { times, kind: 'answer', answer });
    },
  };
}
