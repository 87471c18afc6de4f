import type { ConversationState } from '../../src/core/conversation.ts';
import { requestId } from '../../src/core/ids.ts';
import { startTalk, type Talk } from './talk.ts';

/** Messages that nobody here understands. */
export const unclear = 'fijese lo del volado ese que dijo ayer el vecino';
export const other = 'pues eso mismo que le digo de aquello que paso';

/** Somebody who has been welcomed; `allowed` said yes before. */
export function welcomed(change: Partial<ConversationState> = {}, more = {}): Talk {
  const talk = startTalk({ secondOpinion: true, ...more });
  talk.says('hola');
  const at = talk.now;
  const consents = { understanding: { answer: 'yes', textVersion: 1, at, channel: 'whatsapp' } } as const;
  talk.state = { ...talk.state, consents, ...change };
  return talk;
}
/** What the last turn handed to somebody outside. */
export const asked = (talk: Talk): readonly unknown[] =>
  talk.effects.flatMap((effect) => (effect.kind === 'request' ? [effect.input] : []));
/** What they say to it. */
export const answer = (talk: Talk, outcome: unknown, name = 'request-1') =>
  talk.happens({
    kind: 'look-up-answer',
    at: talk.now,
    requestId: requestId(name),
    // What somebody outside may send is any JSON.
    outcome: outcome as string,
  });
