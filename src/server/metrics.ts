import { timingSafeEqual, createHash } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers that are asked for at the moment of looking. */
export interface Gauges {
  readonly partitionsHeld: () => number;
  readonly eventsInMemory: () => number;
  readonly messagesInMemory: () => number;
}

/** Counts what happens, for Prometheus. Labels are names of ours, never anything of a person. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const accepted = counter(registers, 'puente_accepted_total', 'Messages accepted', ['channel', 'outcome']);
  const sent = counter(registers, 'puente_sent_total', 'Messages sent or given up', ['channel', 'outcome']);
  const quarantined = counter(registers, 'puente_quarantined_total', 'Events and webhooks set aside', []);
  const turns = new Histogram({
    name: 'puente_turn_seconds',
    help: 'Time of one turn, decision and commit',
    labelNames: ['kind', 'outcome'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2],
    registers,
  });
  const waited = new Histogram({
    name: 'puente_answer_seconds',
    help: 'Time from accepting a message to handing its answer over',
    labelNames: ['channel'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2, 5, 15, 60],
    registers,
  });
  return {
    observer: {
      accepted: (channel: string, outcome: string): void => {
        accepted.inc({ channel, outcome });
      },
      turned: (kind: string, outcome: string, ms: number): void => {
        turns.observe({ kind, outcome }, ms / 1_000);
      },
      sent: (channel: string, outcome: string, waitedMs: number): void => {
        sent.inc({ channel, outcome });
        waited.observe({ channel }, waitedMs / 1_000);
      },
      quarantined: (): void => {
        quarantined.inc();
      },
    },
    watch: (gauges: Gauges): void => {
      gauge(registers, 'puente_partitions_held', 'Partitions this process owns', gauges.partitionsHeld);
      gauge(registers, 'puente_events_in_memory', 'Events read and not yet committed', gauges.eventsInMemory);
      gauge(
        registers,
        'puente_messages_in_memory',
        'Conversations with messages to send',
        gauges.messagesInMemory,
      );
    },
    text: (): Promise<string> => registry.metrics(),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;

/** `GET /metrics`: with the token, or without one only from this machine. Anybody else finds nothing here. */
export function createMetricsRouter(metrics: Metrics, token: string | undefined): Router {
  const router = express.Router();
  router.get('/metrics', async (request, response, next) => {
    if (!mayLook(request, token)) {
      next();
      return;
    }
    response.type('text/plain; version=0.0.4').send(await metrics.text());
  });
  return router;
}

function mayLook(request: Request, token: string | undefined): boolean {
  // A proxy on this machine passes the world on: who comes through one needs the token.
  if (token === undefined) {
    const isForwarded =
      request.get('x-forwarded-for') !== undefined || request.get('forwarded') !== undefined;
    return !isForwarded && /^(?:::1|(?:::ffff:)?127\.)/u.test(request.ip ?? '');
  }
  return timingSafeEqual(digest(`Bearer ${token}`), digest(request.get('authorization') ?? ''));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function counter(registers: Registry[], name: string, help: string, labelNames: readonly string[]): Counter {
  return new Counter({ name, help, labelNames: [...labelNames], registers });
}

function gauge(registers: Registry[], name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}
