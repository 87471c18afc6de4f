import type { Token } from '../fold.ts';

const laughter =
  /^(?:(?:j[aeiou]{1,2}){2,}j?|(?:h[ae]){2,}h?|a?(?:ja){2,}|lol|lmao|lmfao|rofl|xd+|k{3,}|rs(?:rs)+|mdr|ptdr|jk|ntp)$/u;
/** Ways of saying that it is a joke, or none. */
const remarks: readonly (readonly string[])[] = [
  'es|era|no_es|solo_es|es_solo broma|chiste|bromita|joda|chingadera',
  'es|era una broma',
  'es|era un chiste',
  'no es broma|chiste|juego',
  'no es una broma',
  'estoy|ando|toy bromeando|jugando|vacilando',
  'no estoy bromeando|jugando',
  'es|era|puro jugando',
  'just kidding|joking',
  'im|am|i_am kidding|joking',
  'im not kidding|joking',
  'not kidding|joking',
  'no joke|kidding',
  'its|thats|it_is a? joke',
  'its not a joke',
  'se blag|jwe',
  'e? brincadeira',
  'e piada',
  'cest une blague',
  'je plaisante|rigole',
].flatMap(expanded);
const remarksByFirst = Map.groupBy(remarks, ([first]) => first);

/**
 * Leaves out laughter, and remarks that it is or is not a joke: with or without them a message is weighed the same, so
 * that they never lower an alarm.
 */
export function withoutLaughter(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const skipped = remarkAt(tokens, at);
    const token = tokens[at];
    if (skipped === 0 && token !== undefined && !laughter.test(token.text)) kept.push(token);
    at += Math.max(skipped, 1);
  }
  return kept;
}

/** How many words the longest remark at this place has. */
function remarkAt(tokens: readonly Token[], at: number): number {
  const possible = remarksByFirst.get(tokens[at]?.text) ?? [];
  return possible.reduce(
    (longest, words) =>
      words.length > longest && words.every((word, index) => tokens[at + index]?.text === word)
        ? words.length
        : longest,
    0,
  );
}

/** `es|era una? broma`: every way to say it, word by word. */
function expanded(source: string): readonly (readonly string[])[] {
  return source.split(' ').reduce<readonly (readonly string[])[]>(
    (begun, piece) => {
      const isOptional = piece.endsWith('?');
      const words = (isOptional ? piece.slice(0, -1) : piece).split('|').map((word) => word.split('_'));
      return begun.flatMap((start) => [
        ...words.map((word) => [...start, ...word]),
        ...(isOptional ? [start] : []),
      ]);
    },
    [[]],
  );
}
