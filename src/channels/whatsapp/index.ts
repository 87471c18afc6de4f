export { createWhatsAppRouter, type WhatsAppRouterOptions } from './receive.ts';
export { createWhatsAppOutlet, type WhatsAppOutlet, type WhatsAppOutletOptions } from './send.ts';
