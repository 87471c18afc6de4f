import { describe, expect, test } from '@jest/globals';
import type { LogFields } from '../../src/core/ports.ts';
import { createLog, type LogLevel } from '../../src/log/index.ts';

const clock = { now: () => Date.UTC(2026, 10, 24, 16, 0) };

function written(fields: object, level: LogLevel = 'debug'): string {
  const lines: string[] = [];
  // A caller in plain JavaScript, or one that got round the types, can hand over anything.
  createLog({ write: (line) => lines.push(line), level, clock }).warn(fields as LogFields);
  return lines.join('\n');
}

describe('a log line', () => {
  test('is JSON with the time, the level and the fields in a fixed order', () => {
    expect(written({ ms: 1.23456, event: 'turn', partition: 17, outcome: 'committed' })).toBe(
      '{"time":"2026-11-24T16:00:00.000Z","level":"warn","event":"turn","partition":17,"outcome":"committed","ms":1.235}',
    );
  });

  test('is written only at the level asked for and above', () => {
    const lines: string[] = [];
    const log = createLog({ write: (line) => lines.push(line), level: 'warn', clock });
    log.debug({ event: 'a' });
    log.info({ event: 'b' });
    log.warn({ event: 'c' });
    log.error({ event: 'd' });
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['c', 'd']);
  });

  test('holds no field that is not allowed, whatever it is called', () => {
    const names = [
      'text',
      'name',
      'phone',
      'recipient',
      'title',
      'caption',
      'token',
      'ip',
      'url',
      'toString',
    ];
    const canaries = names.map((name, index) => [name, `canary-${index}`] as const);
    const line = written({ event: 'turn', ...Object.fromEntries(canaries) });
    expect(line).toBe('{"time":"2026-11-24T16:00:00.000Z","level":"warn","event":"turn"}');
  });

  test('drops a value of the wrong type from an allowed field', () => {
    const fields = {
      event: { text: 'canary-a' },
      outcome: ['canary-b'],
      count: 'canary-c',
      ms: Number.NaN,
      status: 50255551234,
      attempt: 2,
    };
    expect(written(fields)).toBe('{"time":"2026-11-24T16:00:00.000Z","level":"warn","attempt":2}');
  });

  test.each([
    ['+502 5555-1234', '[number]'],
    ['to 50255551234 now', 'to [number] now'],
    ['(502) 5555 1234', '[number]'],
    ['５０２５５５５１２３４', '[number]'],
    ['wamid.HBgLNTAyNTU1NTEyMzQVAgASGBQzQTAyRkYxRjk4NzY1NDMyMTAA', '[message id]'],
    ['WAMID.abc+/=', '[message id]'],
    ['graph-131047', 'graph-131047'],
    ['send-timeout', 'send-timeout'],
  ])('shows %s as %s', (text, shown) => {
    expect((JSON.parse(written({ event: text })) as { event: string }).event).toBe(shown);
  });

  test('replaces a number that stands where a long text is cut', () => {
    const line = written({ error: `${'x'.repeat(116)}50255551234` });
    expect((JSON.parse(line) as { error: string }).error).toBe(`${'x'.repeat(116)}[num…`);
  });

  test('cuts a text after 120 characters', () => {
    expect((JSON.parse(written({ error: 'y'.repeat(5_000) })) as { error: string }).error).toBe(
      `${'y'.repeat(120)}…`,
    );
  });

  test('stays one line and obeys nothing that is written in it', () => {
    const line = written({ event: 'a\r\nb\u001b[31mc\u0085d\u2028e\u202ef\u0000g\ud800' });
    expect(line).toContain(String.raw`"a\r\nb\u001b[31mc\u0085d\u2028e\u202ef\u0000g\ud800"`);
  });
});
