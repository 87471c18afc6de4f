import { dialogs } from '../../dialogs/index.ts';
import type { ConversationState } from '../../src/core/conversation.ts';
import { dialogId } from '../../src/core/ids.ts';
import { paperDialog } from './paper-dialog.ts';
import { day, startTalk, type Talk } from './talk.ts';

/** A name, and a talk that stands there. */
export type Standing = readonly [string, () => Talk];

const talkWith = (change: Partial<ConversationState>): Talk => {
  const talk = startTalk({ with: [paperDialog] });
  talk.state = { ...talk.state, noticeGiven: true, ...change };
  return talk;
};

/** Every step of every dialog at which somebody may be waiting. */
export const everyWaitingStep: readonly Standing[] = dialogs.flatMap((dialog) =>
  Object.entries(dialog.steps).flatMap(([step, { kind }]): readonly Standing[] => {
    if (kind !== 'ask' && kind !== 'choose') return [];
    const frame = { dialog: dialog.id, version: dialog.version, step, values: {}, trail: [], misses: 0 };
    return [
      [`${dialog.id}.${step}`, () => talkWith({ dialogs: [frame] })],
      [`${dialog.id}.${step}, misunderstood before`, () => talkWith({ dialogs: [{ ...frame, misses: 3 }] })],
    ];
  }),
);

const after = (...texts: readonly string[]): Talk => {
  const talk = startTalk({ with: [paperDialog] });
  for (const text of texts) talk.says(text);
  return talk;
};

/** Other states a person may be in. */
export const otherStates: readonly Standing[] = [
  ['first contact', () => startTalk()],
  ['nothing under way', () => after('hola', 'cancelar')],
  ['in the queue', () => after('quiero un curso', 'PERSONA')],
  ['after ALTO', () => after('ALTO')],
  ['in English', () => after('i want to learn welding')],
  ['asked for the language', () => after('otro idioma')],
  ['offered a person', () => after('quiero un curso', '777', '888')],
  ['a look-up under way', () => after('mi pasaporte', '77')],
  ['a look-up under way and messages kept', () => after('mi pasaporte', '77', 'gracias', 'xyz')],
  ['in danger before', () => after('me quieren matar')],
  ['in danger before, safe to write', () => after('me quieren matar', '1')],
  ['asked whether to erase', () => after('quiero un curso', 'BORRAR')],
  ['requests waiting', () => after('quiero un curso y un trabajo y hablar con alguien')],
  ['five dialogs deep', () => after('quiero un curso', 'mi pasaporte', 'BORRAR', 'quien lee esto', 'menu')],
  ['a machine, said so often', () => after(...Array.from({ length: 21 }, () => 'Gracias por su mensaje'))],
  [
    'gone for three days',
    () => {
      const talk = after('quiero un curso');
      talk.now += 3 * day;
      return talk;
    },
  ],
  [
    'a dialog that is gone',
    () => {
      const talk = after('quiero un curso');
      return talkWith({
        dialogs: talk.state.dialogs.map((frame) => ({ ...frame, dialog: dialogId('removed') })),
      });
    },
  ],
  [
    'a look-up long overdue',
    () => {
      const talk = after('mi pasaporte', '77', 'gracias');
      talk.now += 80_000;
      return talk;
    },
  ],
];
