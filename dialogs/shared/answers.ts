import type { AnswerParser } from '../../src/core/dialog.ts';
import type { Slots } from '../../src/core/recognition.ts';
import { asList, asText, type JsonValue } from '../../src/core/values.ts';
import { ownWords } from './own-words.ts';

/** The trade answer of somebody who does not know yet or takes any. */
export const anyTrade = '';

const anyPattern =
  /^(?:(?:todavia |aun )?no se(?: .*)?|cualquiera?(?: .*)?|lo que sea|de todo|lo que haya|da igual|me da igual|donde sea|any|anything|anywhere|whatever|(?:i )?don ?t know(?: .*)?|not sure)$/u;

/**
 * A trade: Spanish and lower case when the recogniser names it, else the person's own short words; `''` when they do not
 * know yet. A tapped button or a number is no trade.
 */
export const trade: AnswerParser = {
  parse: ({ text, folded, choice, understanding }) => {
    if (choice !== undefined) return { kind: 'unclear' };
    if (anyPattern.test(folded)) return { kind: 'understood', value: anyTrade };
    return understood(tradeFrom(understanding.slots) ?? ownWords(text, understanding)?.toLowerCase());
  },
  fromSlots: tradeFrom,
};

/**
 * A place: `{ country?, department?, city? }`. A country alone is enough; `{}` when they do not mind. Own short words
 * are taken as the name of a city or village.
 */
export const place: AnswerParser = {
  parse: ({ text, folded, choice, understanding }) => {
    if (choice !== undefined) return { kind: 'unclear' };
    const named = placeFrom(understanding.slots);
    if (named !== undefined) return { kind: 'understood', value: named };
    if (anyPattern.test(folded)) return { kind: 'understood', value: {} };
    const city = ownWords(text, understanding);
    return understood(city === undefined ? undefined : { city });
  },
  fromSlots: placeFrom,
};

function tradeFrom(slots: Slots): string | undefined {
  return first(slots['occupation']);
}

function placeFrom(slots: Slots): JsonValue | undefined {
  const named = ['country', 'department', 'city'].flatMap((name) => {
    const value = first(slots[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

function first(value: JsonValue | undefined): string | undefined {
  return asText(asList(value)[0] ?? value);
}

function understood(value: JsonValue | undefined): ReturnType<AnswerParser['parse']> {
  return value === undefined ? { kind: 'unclear' } : { kind: 'understood', value };
}
