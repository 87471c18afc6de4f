import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { StoreKind } from './both-stores.ts';
import { createProvider, type Provider } from './provider.ts';
import { createService, type Service, type ServiceOptions } from './service.ts';
import { createWarpClock, type WarpClock } from './warp-clock.ts';

/** What a test of delivery works with: one clock and one provider, and services that are stopped afterwards. */
export interface Scene {
  readonly clock: WarpClock;
  readonly provider: Provider;
  /** A service on a handle of its own, not started. */
  readonly service: (more?: Partial<ServiceOptions>) => Promise<Service>;
  /** One that runs. */
  readonly running: (more?: Partial<ServiceOptions>) => Promise<Service>;
  /** Lets the leases of who died run out. */
  readonly letLeasesRunOut: () => Promise<void>;
}

/** Prepares a scene for each test of a `describe`, on this kind of store. */
export function eachOn(kind: StoreKind, provide = createProvider): () => Scene {
  let scene: Scene | undefined;
  let services: Service[] = [];
  beforeAll(() => kind.begin());
  afterAll(() => kind.end());
  beforeEach(async () => {
    await kind.fresh();
    const clock = createWarpClock();
    const provider = provide(clock);
    const service: Scene['service'] = async (more = {}) => {
      const made = createService({ clock, provider, store: more.store ?? (await kind.open()), ...more });
      services.push(made);
      return made;
    };
    scene = {
      clock,
      provider,
      service,
      running: async (more) => (await service(more)).start(),
      letLeasesRunOut: () => kind.letLeasesRunOut(),
    };
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.stop(500).catch(() => undefined)));
    services = [];
  });
  return () => {
    if (scene === undefined) throw new Error('the scene was not prepared');
    return scene;
  };
}
