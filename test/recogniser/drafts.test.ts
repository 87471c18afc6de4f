import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isFounded } from '../../src/recogniser/draft-filter.ts';
import { never, openTier, type OpenTier } from '../support/open-tier.ts';
import { completionOf, plainly, startStandInModel, type StandInModel } from '../support/stand-in-model.ts';

const snippet = {
  id: 'gt-dpi',
  text: 'DPI: RENAP, 5a avenida 8-47 zona 4, lunes a viernes de 8:00 a 16:00. Cuesta Q100, más Q15 de la certificación. renap.gob.gt. Teléfono 1516. Acuerdo 12-2019. Entrega en 30 días, desde el 2 de mayo de 2026.',
};
const other = { id: 'gt-car', text: 'CAR: zona 1, gratis, Ley 1-2020. Teléfono +502 4214-3566.' };

describe('a draft is let through', () => {
  test.each([
    'El DPI se saca en RENAP y cuesta Q100, más Q15 de la certificación.',
    'Cuesta cien quetzales. Atienden lunes a viernes de 8:00 a 16:00.'.replace('cien quetzales', 'Q100'),
    'Vaya a la 5a avenida 8-47 zona 4, o mire renap.gob.gt.',
    'Lo entregan en treinta días.',
    'Llame al 1516 antes de ir, por favor.',
    'Buenas, [NAME_1]. Puede ir a RENAP.',
  ])('%j', (draft) => {
    expect(isFounded(draft, [snippet], ['[NAME_1]'])).toBe(true);
  });
});

describe('a draft is thrown away', () => {
  test.each([
    ['another price', 'Cuesta Q85.'],
    ['another price in words', 'Cuesta ochenta y cinco.'],
    ['a price with more zeros', 'Cuesta Q1,000.'],
    ['a price of a snippet that is not cited', 'Es gratis.'],
    ['a phone of a snippet that is not cited', 'Llame al +502 4214-3566.'],
    ['another day', 'Atienden los sábados.'],
    ['another month', 'Se entrega en junio.'],
    ['another date', 'El 3 de mayo de 2026 se lo dan.'],
    ['another year', 'Vale hasta 2028.'],
    ['another hour', 'Abren a las 7:00.'],
    ['an hour in words', 'Abren a las siete.'],
    ['noon', 'Abren al mediodía.'],
    ['another address', 'Está en la 6a avenida 8-47 zona 4.'],
    ['another link', 'Mire renap.org.gt para más.'],
    ['a link with a path', 'Mire https://renap.gob.gt/estado para más.'],
    ['an address of mail', 'Escriba a info@renap.gob.gt.'],
    ['a law', 'Lo dice la ley.'],
    ['an article', 'El artículo le da derecho.'],
    ['an agreement of another number', 'Vea el Acuerdo 13-2019.'],
    ['a percentage', 'Sube un 15%.'],
    ['another currency', 'Cuesta $100.'],
    ['half', 'Le cobran la mitad.'],
    ['dozens', 'Hay una docena de oficinas.'],
    ['digits in another script', 'Cuesta Q８５.'],
    ['a call', 'Ya llamé a RENAP por usted.'],
    ['a report', 'He reportado su caso.'],
    ['a booking', 'Le reservé una cita.'],
    ['a call in English', 'I have called the office for you.'],
    ['a booking in English', 'I booked you in.'],
    ['a promise', 'Le prometo que sale.'],
    ['a person', 'Soy una persona, no un programa.'],
    ['a placeholder nobody gave', 'Buenas, [NAME_2].'],
  ])('with %s', (_what, draft) => {
    expect(isFounded(draft, [snippet], ['[NAME_1]'])).toBe(false);
  });

  test('that cites nothing', () => {
    expect(isFounded('Puede ir a RENAP.', [], [])).toBe(false);
  });
});

describe('writing one', () => {
  let model: StandInModel;
  let at: OpenTier;
  beforeEach(async () => {
    model = await startStandInModel();
    at = openTier(model);
  });
  afterEach(async () => {
    await at.tier.close();
    await model.close();
  });
  const write = (question = 'soy Xiomara Pérez, ¿cuánto cuesta el DPI? 5555-1234') =>
    at.tier.writeDraft({ question, language: 'es', snippets: [snippet, other] }, never);
  const answer = (draft: unknown) => model.answerWith(plainly(completionOf(draft)));

  test('sends the question without names and numbers, and puts them back for the caseworker', async () => {
    answer({ draft: 'Buenas, [NAME_1]. El DPI cuesta Q100.', cites: ['gt-dpi'] });
    expect(await write()).toEqual({ text: 'Buenas, Xiomara Pérez. El DPI cuesta Q100.', cites: ['gt-dpi'] });
    const body = JSON.parse(model.asked[0]!.body) as { messages: { content: string }[] };
    expect(JSON.parse(body.messages[1]!.content)).toEqual({
      language: 'es',
      question: 'soy [NAME_1], ¿cuánto cuesta el DPI? [PHONE_1]',
      snippets: [snippet, other],
    });
  });

  test.each([
    ['what the snippet it cites does not say', { draft: 'Es gratis.', cites: ['gt-dpi'] }],
    ['a source of no list', { draft: 'Puede ir.', cites: ['us-visa'] }],
    ['no source', { draft: 'Puede ir.', cites: [] }],
    ['nothing', { draft: '', cites: [] }],
    ['a novel', { draft: 'Puede ir. '.repeat(200), cites: ['gt-dpi'] }],
    ['more than a draft', { draft: 'Puede ir.', cites: ['gt-dpi'], send: true }],
    ['prose', 'Puede ir.'],
  ])('%s: no draft', async (_what, draft) => {
    answer(draft);
    expect(await write()).toBeUndefined();
  });

  test('without a snippet asks nobody', async () => {
    expect(await at.tier.writeDraft({ question: 'hola', language: 'es', snippets: [] })).toBeUndefined();
    expect(model.asked).toHaveLength(0);
  });
});
