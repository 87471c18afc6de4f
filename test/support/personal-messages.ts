import personal from '../fixtures/personal.json' with { type: 'json' };
import { chanceFrom, pick, squeezed } from './planted-digits.ts';
import { anyThing } from './planted-things.ts';

/** A message with something planted in it that must not leave. */
export interface PlantedMessage {
  readonly text: string;
  readonly kind: PlantedKind;
  /** Pieces, without blanks and signs, none of which may be left. For names: whole words. */
  readonly secrets: readonly string[];
}

export const plantedKinds = [
  'phone',
  'email',
  'id',
  'card',
  'address',
  'birth',
  'plate',
  'code',
  'amount',
  'name',
] as const;
export type PlantedKind = (typeof plantedKinds)[number];

const aroundIt = [
  '',
  '',
  '',
  ' gracias',
  ' por favor me urge',
  ' 🙏',
  '. Necesito saber del curso de soldadura',
  ' y quiero un préstamo de 5 mil',
];

/** So many messages of one kind. */
export function plantedMessages(kind: PlantedKind, count: number, seed: number): readonly PlantedMessage[] {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, () => {
    const thing = anyThing[kind](chance);
    const text =
      pick(chance, personal.carriers[kind]).replace('{x}', () => thing.text) + pick(chance, aroundIt);
    return { text, kind, secrets: thing.secrets };
  });
}

/** The secrets that a text still holds. */
export function secretsLeft({ kind, secrets }: PlantedMessage, text: string): readonly string[] {
  const shown = text.replace(/\[[A-Z]+_\d+\]/gu, ' | ');
  const words = new Set(shown.split(/[^\p{L}\p{N}]+/u).map(squeezed));
  const parts = shown.split('|').map(squeezed);
  return secrets.filter((secret) =>
    kind === 'name' ? words.has(secret) : parts.some((part) => part.includes(secret)),
  );
}
