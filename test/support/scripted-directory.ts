import { placeIn } from '../../src/core/place.ts';
import type { LocalLookUp } from '../../src/core/ports.ts';
import type { JsonValue } from '../../src/core/values.ts';

const intecap: JsonValue = {
  serviceId: 'gt-intecap-courses',
  organisation: 'Instituto Técnico de Capacitación y Productividad',
  service: { es: 'Cursos y carreras técnicas INTECAP', en: 'INTECAP technical courses' },
  teaches: 'many-trades',
  cost: 'unknown',
  costNote: {
    es: 'Cambia según el curso. No hay un precio confirmado; pregunte por cursos gratis y becas.',
    en: 'Depends on the course. No confirmed price; ask about free courses and scholarships.',
  },
  centre: {
    name: 'INTECAP Totonicapán',
    city: 'Totonicapán',
    department: 'Totonicapán',
    nearness: 'nearest',
    kilometres: 18.6,
  },
  howToApply: {
    es: 'Vaya al centro más cercano o entre a intecap.edu.gt y elija el curso.',
    en: 'Go to the nearest centre or visit intecap.edu.gt and choose a course.',
  },
  sourceName: 'INTECAP es modelo de éxito y servicio – Prensa Libre; Centro Santo Tomás – intecap.edu.gt',
  sourceDate: '2022',
  askBeforeYouGo: true,
};
const certificate: JsonValue = {
  serviceId: 'gt-certificate',
  organisation: 'Ministerio de Trabajo y Previsión Social',
  service: {
    es: 'Certifícate: certifique lo que ya sabe hacer',
    en: 'Certifícate: certify skills you already have',
  },
  teaches: 'trade',
  cost: 'free',
  sourceName: 'Prensa Libre',
  sourceDate: '2025',
  askBeforeYouGo: true,
};
const infop = (place: ReturnType<typeof placeIn>): JsonValue => ({
  serviceId: 'hn-infop-courses',
  organisation: 'Instituto Nacional de Formación Profesional',
  service: { es: 'Cursos gratis del INFOP', en: 'Free INFOP courses' },
  teaches: 'trade',
  online: true,
  cost: 'free',
  centre: {
    name: 'INFOP Gracias',
    city: 'Gracias',
    department: 'Lempira',
    nearness: place?.city === 'Gracias' ? 'same-city' : 'elsewhere',
  },
  otherCentres: ['Tegucigalpa', 'San Pedro Sula'],
  howToApply: {
    es: 'Vaya al área de orientación del centro INFOP más cercano o use la plataforma en línea.',
    en: 'Go to the guidance desk of the nearest INFOP centre or use the online platform.',
  },
  sourceName: 'Infop impulsa empleabilidad – El Heraldo',
  sourceDate: '2026-03',
  askBeforeYouGo: false,
});

/** The look-ups of the directory, with three services and two emergency numbers. */
export const scriptedLookUps: Readonly<Record<string, LocalLookUp>> = {
  training: (input, context) => {
    const { country } = context;
    if (country === undefined) return { kind: 'no-country' };
    const trade = input['trade'] ?? '';
    if (country === 'GT')
      return {
        kind: 'found',
        trade,
        country,
        results: trade === 'soldadura' ? [intecap, certificate] : [intecap],
      };
    if (country === 'HN') return { kind: 'found', trade, country, results: [infop(placeIn(input))] };
    return { kind: 'nothing', trade, country };
  },
  emergency: (_input, { country }) => {
    const numbers: Readonly<Record<string, JsonValue>> = {
      GT: [{ number: '110', for: { es: 'Policía', en: 'Police' } }],
      HN: [{ number: '911', for: { es: 'Emergencias', en: 'Emergencies' } }],
    };
    const found = numbers[country ?? ''];
    if (country === undefined) return { kind: 'no-country' };
    return found === undefined ? { kind: 'nothing', country } : { kind: 'found', country, numbers: found };
  },
};
