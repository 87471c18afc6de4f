import { setTimeout as sleep } from 'node:timers/promises';

/** A bubble on the simulator's phone. */
export interface Bubble {
  readonly id: string;
  readonly from: 'person' | 'business';
  readonly text: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  readonly tick: string;
}

const answerTries = 150;

/** Writes on a phone of the simulator as somebody who tries Puente does. */
export function simulatedPhone(url: string, number: string) {
  const address = `${url}/simulator/api/phones/${number}`;
  const bubbles = async (): Promise<readonly Bubble[]> => {
    const { messages } = (await (await fetch(address)).json()) as { messages: readonly Bubble[] };
    return messages;
  };
  const answers = async (): Promise<readonly Bubble[]> =>
    (await bubbles()).filter(({ from }) => from === 'business');
  const act = async (body: object): Promise<Bubble> => {
    const before = (await answers()).length;
    await fetch(`${address}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    for (let tries = 0; tries < answerTries; tries += 1) {
      const answer = (await answers())[before];
      if (answer !== undefined) return answer;
      await sleep(50);
    }
    throw new Error(`no answer to ${JSON.stringify(body)}`);
  };
  return {
    bubbles,
    /** Writes, and waits for the answer. */
    write: (text: string): Promise<Bubble> => act({ kind: 'text', text }),
    /** Taps a choice by its title or its value, and waits for the answer. */
    tap: (bubble: Bubble, title: string): Promise<Bubble> => {
      const choice = bubble.choices.find((one) => one.title.includes(title) || one.value === title);
      if (choice === undefined) throw new Error(`no choice ${title} in ${JSON.stringify(bubble.choices)}`);
      return act({ kind: 'choice', messageId: bubble.id, value: choice.value });
    },
  };
}
