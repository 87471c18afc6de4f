import { conversationId, outboxId, partition } from '../../core/ids.ts';
import type { SendTag } from '../../core/ports.ts';

const form = /^p(\d{1,4}):(\d{1,16}-\d{1,16}):([A-Za-z0-9_-]{1,64})$/u;

/** The tag as `biz_opaque_callback_data`, well under its 512 characters: `p17:1795435200000-3:AbC...`. */
export function writeSendTag(tag: SendTag): string {
  return `p${tag.partition}:${tag.outboxId}:${tag.conversationId}`;
}

/** The tag a status brought back; undefined when it is not one of ours. */
export function readSendTag(text: string | undefined): SendTag | undefined {
  const [, number, outbox, conversation] = form.exec(text ?? '') ?? [];
  if (number === undefined || outbox === undefined || conversation === undefined) return undefined;
  return {
    partition: partition(Number(number)),
    outboxId: outboxId(outbox),
    conversationId: conversationId(conversation),
  };
}
