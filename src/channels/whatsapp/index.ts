export { createWhatsAppRouter } from './receive.ts';
export { createWhatsAppOutlet, type WhatsAppOutlet } from './send.ts';
