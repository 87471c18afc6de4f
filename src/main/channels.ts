import type { IncomingMessage } from 'node:http';
import type { Router } from 'express';

import type { ChannelOutlet, Translator } from '../core/ports.ts';
import { createDirectLine, type DirectLine } from '../channels/directline/index.ts';
import { createStandInGraph, type StandInGraph } from '../channels/simulator/index.ts';
import {
  createWhatsAppOutlet,
  createWhatsAppRouter,
  type WhatsAppOutlet,
} from '../channels/whatsapp/index.ts';
import { createActivityReader } from '../delivery/activity-reader.ts';
import type { OpenInbox } from './delivery.ts';
import type { Foundation } from './foundation.ts';

const webhookPath = '/webhooks/whatsapp';
const graphPath = '/simulator/graph';

/** Web chat over Direct Line. `addressOf` sees through trusted proxies. */
export function openDirectLine(
  foundation: Foundation,
  inbox: OpenInbox,
  addressOf: (request: IncomingMessage) => string,
): DirectLine {
  const { settings, store, vault, clock, random, log } = foundation;
  const { PUBLIC_URL: publicUrl, isProduction } = settings;
  return createDirectLine({
    inbox,
    reader: createActivityReader({ store, vault }),
    secret: settings.DIRECTLINE_SECRET,
    tokenSeconds: settings.DIRECTLINE_TOKEN_SECONDS,
    allowedOrigins: settings.WEBCHAT_ORIGINS ?? [],
    allowLoopbackOrigins: !isProduction,
    exemptLoopback: !isProduction,
    checkStore: () => store.check(),
    addressOf,
    clock,
    random,
    log,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
}

/** The webhook; undefined when WhatsApp is off. */
export function openWhatsAppRouter(
  foundation: Foundation,
  inbox: OpenInbox,
): { readonly path: string; readonly router: Router } | undefined {
  const { settings, clock, log, vault } = foundation;
  const { WHATSAPP_VERIFY_TOKEN: verifyToken, WHATSAPP_APP_SECRET: appSecrets } = settings;
  if (settings.whatsapp === 'off' || verifyToken === undefined || appSecrets === undefined) return undefined;
  const account = settings.WHATSAPP_PHONE_NUMBER_ID;
  const router = createWhatsAppRouter({
    inbox,
    verifyToken,
    appSecrets,
    clock,
    log,
    vault,
    ...(account === undefined ? {} : { accounts: [account] }),
  });
  return { path: webhookPath, router };
}

/** The way out to WhatsApp: to Meta, or to the stand-in of the server on `port`. Undefined when WhatsApp is off. */
export function openWhatsAppOutlet(
  foundation: Foundation,
  translator: Translator,
  port: number,
): WhatsAppOutlet | undefined {
  const { settings, clock, log } = foundation;
  const { WHATSAPP_ACCESS_TOKEN: accessToken, WHATSAPP_PHONE_NUMBER_ID: phoneNumberId } = settings;
  if (settings.whatsapp === 'off' || accessToken === undefined || phoneNumberId === undefined)
    return undefined;
  const isStandIn = settings.whatsapp === 'stand-in';
  return createWhatsAppOutlet({
    baseUrl: isStandIn ? `http://127.0.0.1:${port}${graphPath}` : settings.WHATSAPP_API_BASE_URL,
    version: settings.WHATSAPP_API_VERSION,
    phoneNumberId,
    accessToken,
    perSecond: settings.WHATSAPP_MESSAGES_PER_SECOND,
    listButton: (language) => translator.render({ key: 'common:whatsapp.listButton' }, language, 'usted'),
    clock,
    log,
  });
}

/** The stand-in for Meta and for phones, with where to mount it; undefined with an account and in production. */
export function openStandIn(
  foundation: Foundation,
  port: () => number,
):
  | (StandInGraph & { readonly routers: readonly { readonly path: string; readonly router: Router }[] })
  | undefined {
  const { settings, clock, random, log } = foundation;
  const { WHATSAPP_VERIFY_TOKEN: verifyToken, WHATSAPP_PHONE_NUMBER_ID: phoneNumberId } = settings;
  const [appSecret] = settings.WHATSAPP_APP_SECRET ?? [];
  if (settings.whatsapp !== 'stand-in' || verifyToken === undefined || appSecret === undefined)
    return undefined;
  if (phoneNumberId === undefined) return undefined;
  const webhookUrl = (): string => `http://127.0.0.1:${port()}${webhookPath}`;
  const graph = createStandInGraph({ appSecret, verifyToken, phoneNumberId, webhookUrl, clock, random, log });
  return {
    ...graph,
    routers: [
      { path: graphPath, router: graph.router },
      { path: '/simulator/api', router: graph.phoneRouter },
    ],
  };
}

/** Web chat needs no sending: its outlet turns messages into entries of the log. */
export const outletsOf = (
  directLine: ChannelOutlet,
  whatsapp: ChannelOutlet | undefined,
): readonly ChannelOutlet[] => (whatsapp === undefined ? [directLine] : [directLine, whatsapp]);
