import type { Router } from 'express';
import { createGraphRouter } from './graph-router.ts';
import { createPhoneRouter } from './phone-router.ts';
import { createStandIn, type StandInOptions } from './stand-in.ts';

export type { StandInOptions } from './stand-in.ts';

/** The parts to mount: `router` where `WHATSAPP_API_BASE_URL` points, `phoneRouter` at `/simulator/api`. */
export interface StandInGraph {
  readonly router: Router;
  readonly phoneRouter: Router;
  /** Meta's verification of our webhook: whether it echoed the challenge. */
  subscribe(): Promise<boolean>;
  close(): Promise<void>;
}

/** A stand-in for Meta's Graph API and for phones, so that every flow can be tried with no account and no network. */
export function createStandInGraph(options: StandInOptions): StandInGraph {
  const standIn = createStandIn(options);
  return {
    router: createGraphRouter(standIn, options.phoneNumberId, options.clock),
    phoneRouter: createPhoneRouter(standIn),
    subscribe: () => standIn.subscribe(),
    close: () => standIn.close(),
  };
}
