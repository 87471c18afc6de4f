import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ConversationState } from '../core/conversation.ts';
import type { ConversationEvent } from '../core/event.ts';
import { channelName, messageId } from '../core/ids.ts';
import type { Clock, Translator } from '../core/ports.ts';
import { renderSay } from '../core/render.ts';
import type { TurnResult } from '../core/turn.ts';

/** What a talk in the terminal needs. Nothing is stored. */
export interface ChatParts {
  readonly decide: (state: ConversationState, event: ConversationEvent) => TurnResult;
  readonly blank: ConversationState;
  readonly translator: Translator;
  readonly clock: Clock;
  readonly input: Readable;
  readonly output: Writable;
  /** Whether somebody sits at a terminal: then a prompt is shown. */
  readonly isTerminal: boolean;
}

const terminal = channelName('terminal');

/** Talks with whoever types, one line a message, until the input ends. The state lives in memory only. */
export async function chat(parts: ChatParts): Promise<number> {
  const { input, output, isTerminal } = parts;
  const lines = createInterface({ input, ...(isTerminal ? { output, prompt: '> ' } : {}) });
  let state = parts.blank;
  let count = 0;
  if (isTerminal) lines.prompt();
  for await (const line of lines) {
    if (line.trim() !== '') {
      count += 1;
      const result = parts.decide(state, messageEvent(line, count, parts.clock.now()));
      state = carriesErase(result) ? parts.blank : result.state;
      for (const text of textsOf(result, parts.translator)) output.write(`\n${text}\n\n`);
    }
    if (isTerminal) lines.prompt();
  }
  return 0;
}

function messageEvent(text: string, count: number, now: number): ConversationEvent {
  return {
    kind: 'message',
    at: now,
    address: { channel: terminal, account: 'terminal', recipient: 'terminal' },
    sender: {},
    message: { messageId: messageId(`terminal-${count}`), sentAt: now, content: { kind: 'text', text } },
    aliases: [],
    urgent: false,
  };
}

const carriesErase = ({ effects }: TurnResult): boolean => effects.some(({ kind }) => kind === 'erase');

/** The messages as a phone would show them, choices numbered. */
function textsOf({ effects }: TurnResult, translator: Translator): readonly string[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'send') return [];
    const message = renderSay(effect.say, translator);
    return [[message.text, ...message.choices.map(({ title }, index) => `${index + 1} ${title}`)].join('\n')];
  });
}
