import type { z } from 'zod';
import type { InboundContent, MediaKind } from '../../core/message.ts';
import { contents, type WhatsAppMessage } from './payloads.ts';

const longestText = 10_000;
const keptTail = 3_000;
const longestName = 300;
const unsupported: InboundContent = { kind: 'unsupported' };

/** What a message says, freed of Meta's form. Undefined when a known type does not have its own shape. */
export function contentOf(message: WhatsAppMessage): InboundContent | undefined {
  switch (message.type) {
    case 'text':
      return read(contents.text, message.text, ({ body }) => ({ kind: 'text', text: bounded(body) }));
    case 'interactive':
      return read(contents.interactive, message.interactive, interactiveContent);
    case 'button':
      return read(contents.button, message.button, (button) => ({
        kind: 'choice',
        value: name(button.payload ?? button.text),
        title: name(button.text),
      }));
    case 'audio':
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
      return mediaContent(message.type, message[message.type]);
    case 'location':
      return read(contents.location, message.location, ({ latitude, longitude }) => ({
        kind: 'location',
        latitude,
        longitude,
      }));
    case 'contacts':
      return { kind: 'contacts' };
    case 'reaction':
      return { kind: 'reaction' };
    default:
      return unsupported;
  }
}

function interactiveContent(interactive: z.infer<typeof contents.interactive>): InboundContent | undefined {
  switch (interactive.type) {
    case 'button_reply':
    case 'list_reply': {
      const reply = interactive[interactive.type];
      return reply && { kind: 'choice', value: name(reply.id), title: name(reply.title) };
    }
    case 'nfm_reply': {
      const form = interactive.nfm_reply;
      return form && { kind: 'form', name: name(form.name ?? ''), answers: bounded(form.response_json) };
    }
    default:
      return unsupported;
  }
}

function mediaContent(kind: MediaKind, value: unknown): InboundContent | undefined {
  return read(contents.media, value, ({ id, caption, filename }) => ({
    kind: 'media',
    media: kind,
    ...(id === undefined ? {} : { mediaId: name(id) }),
    ...(caption === undefined ? {} : { caption: bounded(caption) }),
    ...(filename === undefined ? {} : { fileName: name(filename) }),
  }));
}

function read<Shape>(
  schema: z.ZodType<Shape>,
  value: unknown,
  make: (shape: Shape) => InboundContent | undefined,
): InboundContent | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? make(parsed.data) : undefined;
}

/** Storable text within the core's limit. Of a longer one the head and the tail stay: a cry for help often comes last. */
function bounded(text: string): string {
  const whole =
    text.length <= longestText
      ? text
      : `${text.slice(0, longestText - keptTail - 3)}\n…\n${text.slice(-keptTail)}`;
  return whole.toWellFormed().replaceAll('\u0000', '\ufffd');
}

const name = (text: string): string => bounded(text.slice(0, longestName));
