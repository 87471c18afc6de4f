import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Effect } from '../../src/core/conversation.ts';
import { countryCode, languageTag } from '../../src/core/ids.ts';
import type { OutboundMessage } from '../../src/core/message.ts';
import type { Duty } from '../../src/core/ports.ts';
import type { CrisisClass } from '../../src/core/recognition.ts';
import { renderSay } from '../../src/core/render.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { createDirectory } from '../../src/directory/search.ts';
import { messageEvent, morning, startTalk, translator } from '../support/talk.ts';

const loaded = loadDirectory(join(import.meta.dirname, '../../directory'));
const { emergencyLookUp, trainingLookUp } = createDirectory(loaded);

/** Which keys hold which element of safety.md section 4. */
const elements: Readonly<Record<string, RegExp>> = {
  ACK: /^danger:ack\./u,
  NOW: /^danger:now\./u,
  LINE: /^danger:line\./u,
  HUMAN: /^danger:team\./u,
  SAFE: /^danger:isSafe$/u,
  PRIV: /^danger:private\./u,
  NOASK: /^danger:(?:noAsk|ack\.(?:trafficking|extortion_gang))$/u,
  NOPOL: /^danger:noPolice\./u,
  CHILD: /^danger:child\.self$/u,
  MED: /^danger:med\./u,
};
/** The least that each class needs; SAFE is asked of everybody (D6), `none` stands for urgent without a class. */
const needed: Readonly<Record<CrisisClass, readonly string[]>> = {
  self_harm: ['ACK', 'NOW', 'LINE', 'HUMAN', 'MED', 'SAFE'],
  violence: ['ACK', 'NOW', 'SAFE', 'HUMAN'],
  gbv: ['ACK', 'SAFE', 'NOW', 'LINE', 'HUMAN', 'PRIV', 'NOASK'],
  trafficking: ['ACK', 'SAFE', 'LINE', 'HUMAN', 'NOASK', 'NOPOL', 'PRIV'],
  extortion_gang: ['ACK', 'SAFE', 'HUMAN', 'NOASK', 'NOPOL', 'NOW', 'PRIV'],
  child_alone: ['ACK', 'CHILD', 'NOW', 'HUMAN', 'SAFE'],
  medical_emergency: ['NOW', 'MED', 'HUMAN', 'SAFE'],
  none: ['ACK', 'NOW', 'HUMAN', 'SAFE'],
};
const classes = Object.keys(needed) as CrisisClass[]; // the keys of that record

/** What is known of the country. `said`: the person did; `number`: only their number; `default`: only the operator. */
interface Where {
  readonly said?: string;
  readonly number?: string;
  readonly default?: string;
  readonly named?: string;
}
const countries = [...loaded.emergency.keys()];
const places: readonly Where[] = [
  ...countries.map((said) => ({ said })),
  ...countries.map((number) => ({ number })),
  ...countries.map((one) => ({ default: one })),
  { said: 'CO' },
  { named: 'NI' },
  { number: 'HN', named: 'MX' },
  {},
];
const contact = '+502 2222-0100';
const duties: readonly Duty[] = [
  { kind: 'on-duty', withinMinutes: 20 },
  { kind: 'on-duty', withinMinutes: 240 },
  { kind: 'long-queue', waiting: 77, withinMinutes: 80 },
  { kind: 'long-queue', waiting: 77, withinMinutes: 400 },
  { kind: 'off-hours', opensAt: morning + 3_600_000 },
  { kind: 'off-hours', opensAt: morning + 24 * 3_600_000 },
  { kind: 'off-hours', opensAt: morning + 8 * 24 * 3_600_000 },
  { kind: 'nobody' },
  { kind: 'nobody', contact },
];

interface Answer {
  readonly message: OutboundMessage;
  readonly effects: readonly Effect[];
  readonly name: string;
}

function answer(
  crisis: CrisisClass,
  where: Where,
  language: string,
  duty: Duty,
  channel = 'whatsapp',
): Answer {
  const talk = startTalk({
    duty,
    lookUps: { emergency: emergencyLookUp, training: trainingLookUp },
    ...(where.default === undefined ? {} : { defaultCountry: countryCode(where.default) }),
    recognise: () => ({
      candidates: [],
      requests: [],
      slots: where.named === undefined ? {} : { country: where.named },
      language: languageTag(language),
      languageConfidence: 0,
      crisis,
    }),
  });
  const said = where.said === undefined ? {} : { now: { country: countryCode(where.said) } };
  talk.state = { ...talk.state, place: said, language: { tag: languageTag(language), chosenBy: 'person' } };
  const event = messageEvent(talk.now, { kind: 'text', text: 'x' }, 1);
  talk.happens({
    ...event,
    urgent: true,
    sender: where.number === undefined ? {} : { numberCountry: countryCode(where.number) },
    address: { ...event.address, channel: channel as typeof event.address.channel }, // any name of a channel
  });
  const says = talk.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.say] : []));
  expect(says).toHaveLength(1);
  return {
    message: renderSay(says[0]!, translator), // one, as just seen
    effects: talk.effects,
    name: JSON.stringify([crisis, where, language, duty.kind, channel]),
  };
}

const all: readonly Answer[] = classes.flatMap((crisis) =>
  places.flatMap((where) =>
    ['es', 'en'].flatMap((language) =>
      duties.flatMap((duty) =>
        ['whatsapp', 'directline'].map((channel) => answer(crisis, where, language, duty, channel)),
      ),
    ),
  ),
);
const those = (wanted: (one: Answer) => boolean): readonly string[] =>
  all.filter(wanted).map(({ name, message }) => `${name}\n${message.text}`);

/** Digits of every number the directory holds as confirmed. */
const confirmedDigits = new Set(
  [
    ...[...loaded.emergency.values()].flat().filter(({ confidence }) => confidence === 'confirmed'),
    ...loaded.services.filter(({ confidence }) => confidence === 'confirmed').flatMap(({ phones }) => phones),
  ].flatMap(({ number }) => number.match(/\d{3,}/gu) ?? []),
);
const likely = new Set(
  [...loaded.emergency].flatMap(([country, numbers]) =>
    numbers
      .filter(({ confidence }) => confidence !== 'confirmed')
      .map(({ number }) => `${country} ${number}`),
  ),
);

const asked =
  /cómo se llama|su nombre|su dirección|dónde está usted|quién (?:fue|es)|qué pandilla|mande (?:una )?foto|cuénteme|your name|your address|where are you|who (?:did|is)|which gang|send (?:a )?photo|tell me (?:what|who|where)/iu;
const advice =
  /\bpag(?:ue|ar)|denunci[ea]\b|denunciar|\bhuya|escápese|salga de|déjel[oa]|víctima|\bpay\b|\breport\b|run away|leave (?:him|her|home|the)\b|\bvictim/iu;
const promise = /avis[éo]|equipo|persona en unos|lo ve|no se pierde|team|alert|a person sees/iu;

test.each([
  [asked, '¿Cómo se llama usted?'],
  [asked, 'Mande una foto del papel.'],
  [asked, 'Tell me who did it.'],
  [advice, 'Pague lo que piden.'],
  [advice, 'Denuncie en la policía.'],
  [advice, 'You should leave the house.'],
  [promise, 'Su aviso no se pierde.'],
  [promise, 'I have told the team.'],
])('%s finds "%s"', (pattern, sentence) => {
  expect(sentence).toMatch(pattern);
});

describe('every answer to danger, in each class, country, language, duty and channel', () => {
  test('there are thousands of them', () => {
    expect(all.length).toBe(8 * 34 * 2 * 9 * 2);
  });

  test('has the elements of its class (D2)', () => {
    const missing = all.flatMap(({ message, name }) => {
      const crisis = classes.find((one) => name.startsWith(`["${one}"`)) ?? 'none';
      const absent = needed[crisis].filter(
        (element) => !message.keys.some((key) => elements[element]?.test(key) === true),
      );
      return absent.length === 0 ? [] : [`${name}: ${absent.join()}`];
    });
    expect(missing).toEqual([]);
  });

  test('is at most 900 characters long and says no key twice', () => {
    expect(those(({ message }) => message.text.length > 900)).toEqual([]);
    expect(those(({ message: { keys } }) => new Set(keys).size < keys.length)).toEqual([]);
  });

  test('is sent as danger, offers 1 and 2, and opens a case of the first urgency in the same turn (D4)', () => {
    const odd = those(({ message, effects }) => {
      const cases = effects.flatMap((effect) => (effect.kind === 'put-case' ? [effect.case.urgency] : []));
      return message.sendClass !== 'crisis' || message.choices.length !== 2 || cases.join() !== 'U1';
    });
    expect(odd).toEqual([]);
  });

  test('tells how to answer without a button, and how to be left alone (D6)', () => {
    expect(those(({ message }) => !/1 (?:Sí|Yes), 2 No\. (?:ALTO|STOP)/u.test(message.text))).toEqual([]);
  });

  test('holds no number that the directory does not hold as confirmed (D3)', () => {
    const odd = all.flatMap(({ message, name }) =>
      (message.text.replaceAll(contact, '').match(/\d{3,}/gu) ?? [])
        .filter((digits) => !confirmedDigits.has(digits))
        .map((digits) => `${name}: ${digits}`),
    );
    expect(odd).toEqual([]);
  });

  test('whose country is known is never given a number that is only likely there', () => {
    expect(likely.size).toBe(8);
    const shown = [...likely].flatMap((one) => {
      const [country, number] = one.split(' ');
      const own = new RegExp(String.raw`,\{"(?:said|number)":"${country}"\},`, 'u');
      return those(
        ({ name, message }) =>
          own.test(name) && new RegExp(String.raw`\b${number}\b`, 'u').test(message.text),
      );
    });
    expect(shown).toEqual([]);
  });

  test('promises nobody where nobody is, and no turn in a queue', () => {
    expect(those(({ name, message }) => name.includes('"nobody"') && promise.test(message.text))).toEqual([]);
    expect(those(({ message }) => message.text.includes('77'))).toEqual([]);
    expect(those(({ name, message }) => !name.includes('"nobody"') && !promise.test(message.text))).toEqual(
      [],
    );
  });

  test('asks nothing but whether it is safe to write (D10)', () => {
    expect(those(({ message }) => (message.text.match(/\?/gu) ?? []).length !== 1)).toEqual([]);
    const allowed = /No mande fotos|Do not send photos|tell me who they are or where you are/gu;
    expect(those(({ message }) => asked.test(message.text.replace(allowed, '')))).toEqual([]);
  });

  test('advises neither to pay, to report nor to leave, and calls nobody a victim', () => {
    expect(those(({ message }) => advice.test(message.text))).toEqual([]);
  });

  test('never puts the police first (D11)', () => {
    const first = those(({ name, message }) => {
      if (name.startsWith('["medical')) return false;
      const here = message.keys.find((key) => key.startsWith('danger:now.'));
      const police = message.text.search(/\((?:Policía|Police|National Police)[^)]*\)/u);
      return police !== -1 && here?.endsWith('.police') !== true;
    });
    expect(first).toEqual([]);
  });

  test('where the country is not known it gives the numbers of both and asks (product.md 2)', () => {
    const unsure = all.filter(({ name }) => /,\{(?:"default":"(?!US)\w\w")?\},/u.test(name));
    expect(unsure.length).toBe(8 * 10 * 2 * 9 * 2);
    const without = unsure.filter(
      ({ message: { keys } }) => !keys.includes('danger:elsewhere') || !keys.includes('danger:whichCountry'),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('whose country is known is not asked for it and gets no number of another', () => {
    const sure = all.filter(({ name }) => /"said"|,\{"number":"\w\w"\}/u.test(name));
    const odd = sure.filter(
      ({ message: { keys } }) => keys.includes('danger:elsewhere') || keys.includes('danger:whichCountry'),
    );
    expect(odd.map(({ name }) => name)).toEqual([]);
  });
});

describe('the words themselves', () => {
  const onDuty = { kind: 'on-duty', withinMinutes: 20 } as const;
  const lines = (crisis: CrisisClass, where: Where): readonly string[] =>
    answer(crisis, where, 'es', onDuty).message.text.split('\n');

  test.each([
    ['self_harm', 'HN', 'Apoyo emocional: 150 y 911'],
    ['self_harm', 'MX', 'Línea de la Vida: 800 911 2000, 24 horas, todo el año'],
    ['self_harm', 'US', '988: crisis y prevención del suicidio, 24 horas, todos los días'],
    ['gbv', 'GT', '1572: violencia contra la mujer'],
    ['gbv', 'MX', 'Línea de las Mujeres: 079, opción 1, 24 horas, todo el año'],
    ['trafficking', 'HN', '145: trata de personas'],
    ['trafficking', 'NI', '133: familia, mujeres y niñez, 24 horas'],
    ['child_alone', 'US', '+1 800-422-4453 (Maltrato infantil: Childhelp), 24 horas, todos los días'],
  ] as const)('%s in %s leads to: %s', (crisis, said, line) => {
    expect(lines(crisis, { said })).toContain(`Para hablar con alguien que sabe de esto: ${line}.`);
  });

  test('who is ill where only the police number is confirmed is sent to a hospital first', () => {
    expect(lines('medical_emergency', { said: 'GT' })[0]).toBe(
      'Pida ya una ambulancia o un carro al hospital más cercano. En Guatemala solo tengo confirmado el 110 (Policía).',
    );
  });

  test('a number for anonymous reports is given in no danger', () => {
    expect(those(({ message }) => message.text.includes('089'))).toEqual([]);
  });
});
