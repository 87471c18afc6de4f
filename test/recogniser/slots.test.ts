import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadDirectory } from '../../src/directory/load.ts';
import { createRecogniser } from '../../src/recogniser/recogniser.ts';

const recogniser = createRecogniser(loadDirectory(join(import.meta.dirname, '../../directory')));

/** Of all slots those named, so that places and trades do not disturb. */
function slotsOf(text: string, names: readonly string[]) {
  const { slots } = recogniser.recognise(text, {});
  return Object.fromEntries(Object.entries(slots).filter(([name]) => names.includes(name)));
}

describe('sums of money, their currency and the time to pay', () => {
  test.each([
    ['un préstamo de 5 mil quetzales', { amount: 5000, currency: 'GTQ' }],
    ['Q5,000', { amount: 5000, currency: 'GTQ' }],
    ['Q. 5,000.75 por favor', { amount: 5000.75, currency: 'GTQ' }],
    ['q800', { amount: 800, currency: 'GTQ' }],
    ['cinco mil lempiras', { amount: 5000, currency: 'HNL' }],
    ['L 15,000 para gallinas', { amount: 15_000, currency: 'HNL' }],
    ['Lps. 2500', { amount: 2500, currency: 'HNL' }],
    ['2500 lps', { amount: 2500, currency: 'HNL' }],
    ['5k', { amount: 5000 }],
    ['un crédito de 10k a 12 meses', { amount: 10_000, term_months: 12 }],
    ['2,500.50 quetzales', { amount: 2500.5, currency: 'GTQ' }],
    ['2.500,50 córdobas', { amount: 2500.5, currency: 'NIO' }],
    ['C$ 900', { amount: 900, currency: 'NIO' }],
    ['RD$50,000', { amount: 50_000, currency: 'DOP' }],
    ['₡300.000', { amount: 300_000, currency: 'CRC' }],
    ['B/. 400', { amount: 400, currency: 'PAB' }],
    ['US$ 1,000', { amount: 1000, currency: 'USD' }],
    ['préstamo de $3,000', { amount: 3000 }],
    ['préstamo de $3,000 en El Salvador', { amount: 3000, currency: 'USD' }],
    ['un millón de lempiras', { amount: 1_000_000, currency: 'HNL' }],
    ['medio millón de colones', { amount: 500_000, currency: 'CRC' }],
    ['1.5 millones de quetzales', { amount: 1_500_000, currency: 'GTQ' }],
    ['dos millones quinientos mil colones', { amount: 2_500_000, currency: 'CRC' }],
    ['treinta y cinco mil quetzales', { amount: 35_000, currency: 'GTQ' }],
    ['mil doscientos cincuenta dólares', { amount: 1250, currency: 'USD' }],
    ['two thousand dollars', { amount: 2000, currency: 'USD' }],
    ['préstamo de 50 mil pesos', { amount: 50_000 }],
    ['préstamo de 50 mil pesos en México', { amount: 50_000, currency: 'MXN' }],
    ['20 mil pesos mexicanos', { amount: 20_000, currency: 'MXN' }],
    ['cien mil pesos dominicanos', { amount: 100_000, currency: 'DOP' }],
    ['simular 20000 a año y medio', { amount: 20_000, term_months: 18 }],
    ['préstamo de 8000 a dos años y medio', { amount: 8000, term_months: 30 }],
    ['crédito a 2 años y 6 meses', { term_months: 30 }],
    ['18 meses', { term_months: 18 }],
    ['a un año', { term_months: 12 }],
    ['borrow 900 dollars over half a year', { amount: 900, currency: 'USD', term_months: 6 }],
    ['20 mil a 24 meses', { amount: 20_000, term_months: 24 }],
    ['5000 a 12 meses', { amount: 5000, term_months: 12 }],
    ['borrow 20k lempiras for a year', { amount: 20_000, currency: 'HNL', term_months: 12 }],
    ['can I pay 800 dollars a month', { amount: 800, currency: 'USD' }],
    ['25 mil varos', { amount: 25_000, currency: 'MXN' }],
    ['tengo 15 años y quiero un préstamo de 2000', { amount: 2000 }],
    [
      'cuota de 500 quetzales por un préstamo de 10 mil quetzales',
      { amount: [500, 10_000], currency: 'GTQ' },
    ],
    ['quiero 5 mil, en lempiras', { amount: 5000, currency: 'HNL' }],
  ])('%s', (text, slots) => {
    expect(slotsOf(text, ['amount', 'currency', 'term_months'])).toEqual(slots);
  });

  test.each([
    'tengo 15 años',
    'mi hijo de 5 años quiere estudiar',
    'viví 20 años allá y quiero un préstamo',
    'hace 6 meses pedí un crédito',
    'me deportaron en 2019 y quiero un préstamo',
    'mi número es 5555-1234 para el préstamo',
    'llámeme al 98765432',
    '+502 5555 1234 quiero un crédito',
    'mil gracias por el préstamo',
    'quiero q 2 personas vayan',
    'curso de 6 meses',
    'crédito al 10%',
    '3',
    'a las 5 de la tarde',
    'vivo en Lempira',
    'somos 1500 personas',
    'nací el 12/05/1990',
    'el crédito que pedí en 2021',
    'el préstamo de 2019',
    'estoy embarazada de 7 meses',
    'hice 12 años de carpintero y quiero un crédito',
    'mi número es 5555 1234 y quiero un crédito',
    'mi DPI es 2345 67890 0101',
  ])('%s: no sum and no term', (text) => {
    expect(slotsOf(text, ['amount', 'currency', 'term_months'])).toEqual({});
  });
});

describe('documents', () => {
  test.each([
    ['kiero sakar mi dpi', 'DPI'],
    ['perdí mi D.P.I.', 'DPI'],
    ['me robaron el DNI', 'DNI'],
    ['mi DUI venció', 'DUI'],
    ['perdí mi INE', 'INE'],
    ['dónde tramito la CURP', 'CURP'],
    ['cómo saco el NIT', 'NIT'],
    ['ocupo el RTN', 'RTN'],
    ['perdi la sedula', 'CEDULA'],
    ['mi pasaprote', 'passport'],
    ['m bezwen paspò mwen', 'passport'],
    ['fe de edad', 'birth_certificate'],
    ['partida de nacimiento de mi hija', 'birth_certificate'],
    ['my birth certificate', 'birth_certificate'],
    ['antecedentes penales', 'criminal_record'],
    ['antecedentes policiacos', 'police_record'],
    ['antecedentes penales y policiacos', ['criminal_record', 'police_record']],
    ['récord policivo', 'police_record'],
    ['solvencia de la policía', 'police_record'],
    ['licencia de conducir', 'drivers_license'],
    ["I lost my driver's license", 'drivers_license'],
    ['doble nacionalidad para mis hijos', 'dual_nationality'],
    ['mi diploma de high school', 'diploma'],
    ['quiero apostillar mi título', 'apostille'],
    ['perdí mi DPI y quiero apostillar mi título', ['DPI', 'apostille']],
    ['matrícula consular', 'consular_id'],
    ['un salvoconducto', 'safe_conduct'],
    ['constancia de repatriación', 'return_certificate'],
    ['my social security card', 'social_security_card'],
    ['perdí mi tarjeta de identidad', 'national_id'],
    ['i lost my id', 'national_id'],
    ['mi identidad, el DNI', 'DNI'],
  ])('%s', (text, document) => {
    expect(slotsOf(text, ['document'])).toEqual({ document });
  });

  test.each([
    'acta de matrimonio',
    'partida de defunción de mi mamá',
    'título de propiedad',
    'robo de identidad',
    'la licencia de uso de armas',
    'busco trabajo',
    'quiero jugar una partida de fútbol',
  ])('%s: none of the list', (text) => {
    expect(slotsOf(text, ['document'])).toEqual({});
  });
});

describe('numbers of cases and receipts', () => {
  test.each([
    ['cómo va mi trámite número 88120034', '88120034'],
    ['mi folio es 77120', '77120'],
    ['boleta gt-45871', 'GT-45871'],
    ['número de caso: 5512/2023', '5512/2023'],
    ['solicitud No. 4471', '4471'],
    ['my case number is AB-10293', 'AB-10293'],
    ['trámite, number 48213', '48213'],
    ['receipt #A7781', 'A7781'],
  ])('%s', (text, reference) => {
    expect(slotsOf(text, ['reference', 'amount'])).toEqual({ reference });
  });

  test.each([
    'en caso de emergencia llamo al 911',
    'mi solicitud de 5000 quetzales',
    'una boleta de 2 personas',
    'recibo 5000 quetzales al mes',
    'llámeme al 98765432',
  ])('%s: none', (text) => {
    expect(slotsOf(text, ['reference'])).toEqual({});
  });
});
