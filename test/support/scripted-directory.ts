import { placeIn } from '../../src/core/place.ts';
import type { LocalLookUp } from '../../src/core/ports.ts';
import { createEmergencyLookUp } from '../../src/directory/emergency.ts';
import type { EmergencyNumber } from '../../src/directory/schema.ts';
import type { JsonValue } from '../../src/core/values.ts';

type Place = ReturnType<typeof placeIn>;

const intecap = (place: Place): JsonValue => ({
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
    ...nearnessToTotonicapan(place),
  },
  otherCentres: ['Santo Tomás de Castilla'],
  howToApply: {
    es: 'Vaya al centro más cercano o entre a intecap.edu.gt y elija el curso.',
    en: 'Go to the nearest centre or visit intecap.edu.gt and choose a course.',
  },
  sourceName: 'INTECAP es modelo de éxito y servicio – Prensa Libre; Centro Santo Tomás – intecap.edu.gt',
  sourceDate: '2022',
  askBeforeYouGo: true,
});
const certificate: JsonValue = {
  serviceId: 'gt-certificate',
  organisation: 'Ministerio de Trabajo y Previsión Social',
  service: {
    es: 'Certifícate: certifique lo que ya sabe hacer',
    en: 'Certifícate: certify skills you already have',
  },
  teaches: 'certifies',
  cost: 'free',
  costNote: {
    es: 'Gratis. El MINTRAB paga la formación y los materiales.',
    en: 'Free. MINTRAB pays for training and materials.',
  },
  howToApply: {
    es: 'Pida información en una oficina del MINTRAB o en el Centro de Atención y Registro (CAR) de la zona 1.',
    en: 'Ask at a MINTRAB office or at the Attention and Registration Centre (CAR) in zone 1.',
  },
  sourceName: 'Prensa Libre',
  sourceDate: '2025',
  askBeforeYouGo: true,
};
const infop = (place: Place): JsonValue => ({
  serviceId: 'hn-infop-courses',
  organisation: 'Instituto Nacional de Formación Profesional',
  service: { es: 'Cursos gratis del INFOP', en: 'Free INFOP courses' },
  teaches: 'trade',
  cost: 'free',
  centre:
    place?.city === 'Gracias'
      ? { name: 'Centro regional Lempira', city: 'Gracias', department: 'Lempira', nearness: 'same-city' }
      : {
          name: '',
          city: 'Tegucigalpa',
          department: 'Francisco Morazán',
          nearness: 'elsewhere',
          ...(place?.city === 'Danlí' ? { kilometres: 66.2 } : {}),
        },
  otherCentres: ['San Pedro Sula'],
  howToApply: {
    es: 'Vaya al área de orientación del centro INFOP más cercano o use la plataforma en línea.',
    en: 'Go to the guidance desk of the nearest INFOP centre or use the online platform.',
  },
  sourceName: 'Infop impulsa empleabilidad – El Heraldo',
  sourceDate: '2026-03',
  askBeforeYouGo: false,
});
const townHall: JsonValue = {
  serviceId: 'hn-centros-tecnicos-sps',
  organisation: 'Municipalidad de San Pedro Sula',
  service: {
    es: 'Centros técnicos gratis de San Pedro Sula',
    en: 'Free technical centres in San Pedro Sula',
  },
  teaches: 'trade',
  cost: 'free',
  centre: { name: '', city: 'San Pedro Sula', department: 'Cortés', nearness: 'elsewhere' },
  sourceName: 'Matrícula de técnicos municipales – La Prensa',
  sourceDate: '2026-02',
  askBeforeYouGo: false,
};
const infopCertificate: JsonValue = {
  serviceId: 'hn-infop-cert',
  organisation: 'Instituto Nacional de Formación Profesional',
  service: { es: 'Certificación de oficios INFOP', en: 'INFOP skills certification' },
  teaches: 'certifies',
  cost: 'free',
  sourceName: 'Infop impulsa empleabilidad en Honduras – El Heraldo',
  sourceDate: '2024',
  askBeforeYouGo: true,
};

/** As the crow flies, like the real directory. */
function nearnessToTotonicapan(place: Place): { nearness: string; kilometres?: number } {
  if (place?.city === 'Totonicapán') return { nearness: 'same-city' };
  return place?.city === 'Quetzaltenango'
    ? { nearness: 'nearest', kilometres: 19.3 }
    : { nearness: 'elsewhere' };
}

/** The look-ups of the directory, with five services of two countries and two emergency numbers. */
export const scriptedLookUps: Readonly<Record<string, LocalLookUp>> = {
  training: (input, context) => {
    const { country } = context;
    if (country === undefined) return { kind: 'no-country' };
    const trade = input['trade'] ?? '';
    const place = placeIn(input);
    const certifies = trade === 'soldadura' || trade === '';
    const results: Readonly<Record<string, JsonValue>> = {
      GT: certifies ? [intecap(place), certificate] : [intecap(place)],
      HN: [infop(place), ...(place?.city === undefined ? [townHall] : []), infopCertificate],
    };
    const found = results[country];
    return found === undefined
      ? { kind: 'nothing', trade, country }
      : { kind: 'found', trade, country, results: found };
  },
  emergency: createEmergencyLookUp({
    services: [
      {
        country: 'HN',
        confidence: 'confirmed',
        name: { es: 'Apoyo emocional: 150 y 911', en: 'Emotional support: 150 and 911' },
        phones: [
          { number: '150', kind: 'short_code', description: '', description_en: '', crisis: ['self_harm'] },
        ],
        schedule: '',
        schedule_en: '',
      },
    ],
    emergency: new Map([
      ['GT', [emergencyNumber('110', { es: 'Policía', en: 'Police' }, 'police')]],
      ['HN', [emergencyNumber('911', { es: 'Emergencias', en: 'Emergencies' }, 'any')]],
      ['US', [emergencyNumber('911', { es: 'Emergencias', en: 'Emergencies' }, 'any')]],
    ]),
  }),
};

function emergencyNumber(
  number: string,
  words: { es: string; en: string },
  serves: 'any' | 'police',
): EmergencyNumber {
  return { number, for: words, confidence: 'confirmed', serves: [serves] };
}
