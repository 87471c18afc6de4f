import { describe, expect, test } from '@jest/globals';
import { readOrdinaryText } from '../../src/channels/whatsapp/ordinary-text.ts';
import { readBySchema, readWebhookBody } from '../../src/channels/whatsapp/webhook-body.ts';
import { fixture, fixtureNames } from './whatsapp-surroundings.ts';

type Path = readonly (string | number)[];

/** Every place in a JSON value, the root left out. */
function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, part]) =>
    placesIn(part, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

/** A copy with another value at a place; `undefined` removes it. */
function changedAt(value: unknown, [first, ...rest]: Path, to: unknown): unknown {
  if (first === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((part: unknown, index) => (index === first ? changedAt(part, rest, to) : part));
  }
  // `placesIn` goes on only below objects.
  const fields = Object.entries(value as Record<string, unknown>).map(([name, part]) => [
    name,
    name === first ? changedAt(part, rest, to) : part,
  ]);
  return Object.fromEntries(fields);
}

const oddities = [
  null,
  undefined,
  true,
  7,
  '',
  ' ',
  'x'.repeat(600),
  [],
  {},
  [[]],
  '1'.repeat(17),
  '1.5',
  ['a'],
];
const accounts = new Set(['800000000000002']);

describe('the quick reading of an ordinary text', () => {
  test('is used for the most ordinary body and not for unusual ones', () => {
    const isQuick = (name: string): boolean =>
      readOrdinaryText(JSON.parse(fixture(name).toString('utf8'))) !== undefined;
    expect(fixtureNames().filter(isQuick)).toEqual([
      '01-text-basic.json',
      '02-text-escaped-unicode.json',
      '03-text-legacy-no-bsuid.json',
      '04-text-bsuid-only-username.json',
      '05-text-username-with-phone.json',
      '06-text-parent-bsuid.json',
      '56-duplicate-of-01.json',
      '58-late-retry-old-timestamp.json',
      '59-message-out-of-order-older.json',
      '60-text-mexico-521.json',
      '61-text-argentina-549.json',
      '62-text-brazil-without-ninth-digit.json',
      '73-identity-key-hash.json',
    ]);
  });

  test.each(['01-text-basic.json', '06-text-parent-bsuid.json', '07-text-reply-context.json'])(
    'agrees with the schemas wherever %s is changed',
    (name) => {
      const original: unknown = JSON.parse(fixture(name).toString('utf8'));
      const disagreements: string[] = [];
      for (const place of placesIn(original)) {
        for (const oddity of oddities) {
          const body = Buffer.from(JSON.stringify(changedAt(original, place, oddity)));
          const quick = JSON.stringify(readWebhookBody(body, accounts));
          const slow = JSON.stringify(readBySchema(JSON.parse(body.toString('utf8')), accounts));
          if (quick !== slow) disagreements.push(`${place.join('.')} = ${JSON.stringify(oddity)}`);
        }
      }
      expect(disagreements).toEqual([]);
    },
  );
});
