import { expect } from '@jest/globals';
import type { ConversationId } from '../../src/core/ids.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import type { SendOutcome } from '../../src/core/ports.ts';
import type { echo, Service } from './service.ts';
import type { Scene } from './service-tests.ts';
import { eventually } from './store-acts.ts';

/** The number of the person of most tests. */
export const person = '50255550001';
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** What a provider says that refuses. */
export const failed = (error: ErrorCode, afterMs?: number): SendOutcome => ({
  kind: 'failed',
  error,
  ...(afterMs === undefined ? {} : { afterMs }),
});

/** What became known to the conversation, by the errors of its failed deliveries. */
export function watchFailures(decide: typeof echo): {
  readonly decide: typeof echo;
  readonly failures: string[];
} {
  const failures: string[] = [];
  return {
    failures,
    decide: (state, event) => {
      if (event.kind === 'delivery-failed') failures.push(event.error);
      return decide(state, event);
    },
  };
}

/** Resolves when nothing is on its way any more. */
export const settled = (service: Service): Promise<void> =>
  eventually(() => {
    expect(service.worker.waiting).toEqual({ events: 0, messages: 0 });
  });

/** Resolves when so many events of a conversation were committed. */
export const committed = (service: Service, id: ConversationId, version: number): Promise<void> =>
  eventually(async () => {
    expect((await service.stateOf(id))?.version).toBe(version);
  });

/** Lets so much time go by, in steps, so that everything due in between comes to its turn. */
export async function pass({ clock }: Scene, ms: number, step: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    clock.forward(step);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}
