import type { Say } from './conversation.ts';
import type { OutboundMessage } from './message.ts';
import type { Translator } from './ports.ts';

/** Puts a turn's one message into words. Parts stand on lines of their own; keys are kept for journeys and metrics. */
export function renderSay(say: Say, translator: Translator): OutboundMessage {
  const { language, form } = say;
  return {
    text: say.parts.map((part) => translator.render(part, language, form)).join('\n'),
    language,
    choices: say.choices.map(({ value, title, description }) => ({
      value,
      title: 'text' in title ? title.text : translator.render(title, language, form),
      ...(description === undefined ? {} : { description: description.text }),
    })),
    sendClass: say.sendClass,
    keys: say.parts.map((part) => part.key),
  };
}
