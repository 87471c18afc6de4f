import { languageTag } from '../../src/core/ids.ts';
import type { InboundContent, OutboundMessage } from '../../src/core/message.ts';

/** What a bot of the browser tests does: erases, or says one message. */
export type Scripted =
  | { readonly kind: 'say'; readonly message: OutboundMessage }
  | { readonly kind: 'erase'; readonly message: OutboundMessage };

const topics = [
  { value: 'start:training', title: 'Cursos y oficios' },
  { value: 'start:jobs', title: 'Trabajo' },
  { value: 'control:who-reads', title: '¿Quién lee esto?' },
  { value: 'control:person', title: 'Una persona' },
];

const places = ['Guatemala', 'Mixco', 'Quetzaltenango', 'Huehuetenango', 'Petén'].map((title) => ({
  value: `place:${title}`,
  title,
  description: `Centros en ${title}`,
}));

/** The greeting. */
export const greeting = say(
  'Buenas. Aquí puede buscar dónde aprender un oficio cerca de usted, los cursos gratis primero.\n¿Qué necesita?',
  { choices: topics },
);

/** Answers by a table; any other text is said back as it came. */
export function scriptedAnswer(content: InboundContent): Scripted {
  if (content.kind === 'choice') return choiceAnswer(content.value);
  const text = content.kind === 'text' ? content.text : content.kind;
  switch (text) {
    case 'PERSONA':
      return said(
        say('Ya avisé al equipo. Le contesta una persona aquí mismo, en unos 20 minutos.', {
          keys: ['person:told', 'common:duty.onDutyMinutes'],
        }),
      );
    case 'colega':
      return said(say('Buenas tardes, soy María. ¿En qué le ayudo?', { author: 'María' }));
    case 'vuelve':
      return said(say('Vuelvo yo, el programa automático.'));
    case 'lista':
      return said(say('¿Dónde?', { choices: places }));
    case 'botones':
      return said(
        say('¿Le aviso?', {
          choices: [
            { value: 'answer:yes', title: 'Sí' },
            { value: 'answer:no', title: 'No' },
          ],
        }),
      );
    case 'BORRAR':
      return { kind: 'erase', message: say('Listo. Borré lo que tenía de usted.') };
    default:
      return said(say(text));
  }
}

function choiceAnswer(value: string): Scripted {
  if (value === 'language:en') return said(say('All right, in English from now on.', { language: 'en' }));
  if (value === 'start:training')
    return said(
      say('Curso de soldadura. Es gratis (dato de junio 2026).\n¿Qué sigue?', {
        choices: [
          { value: 'enrol', title: 'Me interesa' },
          { value: 'more', title: 'Más' },
        ],
      }),
    );
  return said(say(`Escogió ${value}.`));
}

function said(message: OutboundMessage): Scripted {
  return { kind: 'say', message };
}

function say(
  text: string,
  more: Partial<Omit<OutboundMessage, 'language'>> & { readonly language?: string } = {},
): OutboundMessage {
  const { language = 'es', ...rest } = more;
  return { text, choices: [], sendClass: 'ordinary', keys: [], ...rest, language: languageTag(language) };
}
