import { channelName } from '../../src/core/ids.ts';
import type { ChannelAddress, OutboundMessage } from '../../src/core/message.ts';
import type { ChannelOutlet, SendOutcome, SendTag } from '../../src/core/ports.ts';

/** One call to the provider. */
export interface Sent {
  readonly to: string;
  readonly message: OutboundMessage;
  readonly tag: SendTag;
  readonly at: number;
  /** How many calls there were for this entry, this one counted. */
  readonly attempt: number;
}

/** A provider that keeps every call and answers as it is told. */
export interface Provider {
  readonly outlet: Extract<ChannelOutlet, { kind: 'sends' }>;
  readonly sent: readonly Sent[];
  /** Texts sent to a person, in order. */
  textsTo(recipient: string): readonly string[];
  keysTo(recipient: string): readonly string[];
  answer: (sent: Sent) => SendOutcome | Promise<SendOutcome>;
}

type Abilities = Partial<
  Pick<Provider['outlet'], 'hasWindow' | 'reportsStatuses' | 'pace' | 'accountPerSecond'>
>;

/** Accepts everything unless told otherwise; no pacing, statuses reported, the window applies. */
export function createProvider(clock: { now(): number }, abilities: Abilities = {}): Provider {
  const sent: Sent[] = [];
  const send = async (
    address: ChannelAddress,
    message: OutboundMessage,
    tag: SendTag,
  ): Promise<SendOutcome> => {
    const attempt = sent.filter((one) => one.tag.outboxId === tag.outboxId).length + 1;
    const call = { to: address.recipient, message, tag, at: clock.now(), attempt };
    sent.push(call);
    return provider.answer(call);
  };
  const provider: Provider = {
    outlet: {
      kind: 'sends',
      channel: channelName('whatsapp'),
      hasWindow: true,
      reportsStatuses: true,
      pace: { intervalMs: 0, burst: 1 },
      accountPerSecond: 10_000,
      ...abilities,
      send,
    },
    sent,
    textsTo: (recipient) => sent.filter(({ to }) => to === recipient).map(({ message }) => message.text),
    keysTo: (recipient) => sent.filter(({ to }) => to === recipient).flatMap(({ message }) => message.keys),
    answer: () => ({ kind: 'accepted' }),
  };
  return provider;
}
