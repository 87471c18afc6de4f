/** WhatsApp's customer service window (whatsapp-cloud-api.md 5.1): 24 hours from the person's last message. */
const windowLength = 24 * 60 * 60 * 1000;
/** We stop ten minutes early: a message must still be inside when it reaches Meta. */
const margin = 10 * 60 * 1000;

/** Whether free text may still go out. Times in milliseconds; `lastInboundAt` is the message's own timestamp. */
export function isWindowOpen(lastInboundAt: number | undefined, now: number): boolean {
  return lastInboundAt !== undefined && now < lastInboundAt + windowLength - margin;
}

/** When the window closes, milliseconds since 1970. */
export function windowClosesAt(lastInboundAt: number): number {
  return lastInboundAt + windowLength - margin;
}
