import { describe, expect, test } from '@jest/globals';
import { checkFields, UnknownField, type StoredKind } from '../../src/people/fields.ts';
import { states } from '../support/stored-examples.ts';

const [state] = states;

function refusal(kind: StoredKind, value: object): string {
  try {
    checkFields(kind, value);
  } catch (error) {
    if (error instanceof UnknownField) return error.message;
    throw error;
  }
  return 'taken';
}

describe('what cannot be written', () => {
  test.each([
    ['a field nobody registered', { ...state, curp: 'LOPA900101' }, 'state: curp is not in the registry'],
    [
      'a field deep inside',
      { ...state, place: { now: { country: 'GT', street: 'LOPA900101' } } },
      'state: place.now.street is not in the registry',
    ],
    [
      'a field in an entry of a list',
      { ...state, interests: [{ serviceId: 'a', at: 1, note: 'LOPA900101' }] },
      'state: interests[].note is not in the registry',
    ],
    [
      'a record where one value belongs',
      { ...state, address: { channel: 'whatsapp', account: '1', recipient: { name: 'LOPA900101' } } },
      'state: address.recipient.name is not in the registry',
    ],
    [
      'a list where one value belongs',
      { ...state, form: ['LOPA900101'] },
      'state: form[] is not in the registry',
    ],
    [
      'one value where a record belongs',
      { ...state, place: 'LOPA900101' },
      'state: place is not in the registry',
    ],
    [
      'a record among the values of a text',
      { ...state, lastSaid: { parts: [{ key: 'a', params: { who: { name: 'LOPA900101' } } }], choices: [] } },
      'state: lastSaid.parts[].params.who.name is not in the registry',
    ],
    [
      'a name that reaches for the prototype',
      JSON.parse('{"__proto__":{"polluted":"LOPA900101"}}') as object,
      'state: __proto__ is not in the registry',
    ],
  ])('%s', (_what, value, message) => {
    expect(refusal('state', value)).toBe(message);
    expect(message).not.toContain('LOPA900101');
  });

  test('a name made of what somebody wrote is refused without being shown', () => {
    expect(refusal('state', { '50255551234': 1 })).toBe('state: (a name) is not in the registry');
    expect(refusal('state', { 'mi nombre es Ana': 1 })).toBe('state: (a name) is not in the registry');
  });

  test('free-form values beyond 32 KB', () => {
    const frame = (text: string): object => ({
      dialogs: [
        { dialog: 'training', version: 1, step: 'offer', values: { found: text }, trail: [], misses: 0 },
      ],
    });
    expect(refusal('state', frame('x'.repeat(32_000)))).toBe('taken');
    expect(refusal('state', frame('x'.repeat(33_000)))).toBe('state: dialogs[].values is too large');
  });

  test('free-form values without a bottom', () => {
    const nest = (depth: number): object => (depth === 0 ? { end: 1 } : { in: nest(depth - 1) });
    expect(refusal('event', { outcome: nest(5) })).toBe('taken');
    expect(refusal('event', { outcome: nest(5_000) })).toBe('event: outcome is too large');
  });
});

test('a state is checked in far less time than a turn has', () => {
  const count = 2_000;
  const rounds = Array.from({ length: 5 }, () => {
    const started = performance.now();
    for (let index = 0; index < count; index += 1) checkFields('state', state ?? {});
    return ((performance.now() - started) / count) * 1_000;
  });
  // The full example holds several times a typical state; ten times the 5 µs of a typical one would be a fault.
  expect(Math.min(...rounds)).toBeLessThan(50);
});
