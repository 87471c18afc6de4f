import { randomBytes } from 'node:crypto';
import type { Express } from 'express';
import { createStandInGraph } from '../../src/channels/simulator/index.ts';
import { createWhatsAppOutlet, createWhatsAppRouter } from '../../src/channels/whatsapp/index.ts';
import { conversationId, outboxId, partition } from '../../src/core/ids.ts';
import { collectingInbox, keptLog, realClock } from '../channels/whatsapp-surroundings.ts';
import { scriptedAnswer } from './scripted-bot.ts';

const secrets = { appSecret: 'secret-of-the-simulator', verifyToken: 'token-of-the-simulator' };
const account = '800000000000002';
const tag = {
  partition: partition(3),
  outboxId: outboxId('1795435200000-1'),
  conversationId: conversationId('conversation-of-the-test'),
};

/** Phones at `/simulator`, whose webhooks reach the bot of the table. `answerTo` begins to answer once the address is known. */
export interface PageSimulator {
  answerTo(url: string): void;
  close(): Promise<void>;
}

/** Mounts the stand-in for Meta, its phones, and our own webhook. */
export function mountSimulator(app: Express): PageSimulator {
  const inbox = collectingInbox();
  const log = keptLog();
  let address = '';
  let closeOutlet = (): Promise<void> => Promise.resolve();
  const standIn = createStandInGraph({
    ...secrets,
    webhookUrl: () => `${address}/webhooks/whatsapp`,
    phoneNumberId: account,
    clock: realClock,
    random: { id: (bits) => randomBytes(bits / 8).toString('base64url'), fraction: () => 0.5 },
    log,
    firstWaitMs: 10,
  });
  app.use('/simulator/graph', standIn.router);
  app.use('/simulator/api', standIn.phoneRouter);
  app.use(
    '/webhooks/whatsapp',
    createWhatsAppRouter({
      inbox,
      verifyToken: secrets.verifyToken,
      appSecrets: [secrets.appSecret],
      accounts: [account],
      clock: realClock,
      log,
      vault: { logIdOf: () => 'log-id' },
    }),
  );
  return {
    answerTo: (url) => {
      address = url;
      const outlet = createWhatsAppOutlet({
        baseUrl: `${url}/simulator/graph`,
        version: 'v26.0',
        phoneNumberId: account,
        accessToken: 'any-token',
        listButton: () => 'Ver opciones',
        clock: realClock,
        log,
      });
      closeOutlet = () => outlet.close();
      inbox.onReceived = (received) => {
        void outlet.send(received.address, scriptedAnswer(received.message.content).message, tag);
      };
    },
    close: async () => {
      await closeOutlet();
      await standIn.close();
    },
  };
}
