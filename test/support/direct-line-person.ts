import { setTimeout as sleep } from 'node:timers/promises';

/** One activity as a client sees it. */
export interface SeenActivity {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly id: string; readonly role?: string };
  readonly suggestedActions?: {
    readonly actions: readonly { readonly title: string; readonly value: string }[];
  };
}

const answerTries = 150;

/** Starts a web chat by plain Direct Line calls, posts to one server and may read from another. */
export async function directLinePerson(url: string, readFrom: string = url) {
  const post = async (address: string, token: string | undefined, body: object): Promise<Response> =>
    fetch(`${url}/v3/directline${address}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: url,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  const visitor = (await (await post('/tokens/generate', undefined, {})).json()) as { token: string };
  const started = (await (await post('/conversations', visitor.token, { user: {} })).json()) as {
    conversationId: string;
    token: string;
    streamUrl: string;
  };
  const address = `/conversations/${started.conversationId}/activities`;
  const activities = async (): Promise<readonly SeenActivity[]> => {
    const response = await fetch(`${readFrom}/v3/directline${address}`, {
      headers: { authorization: `Bearer ${started.token}` },
    });
    return ((await response.json()) as { activities: readonly SeenActivity[] }).activities;
  };
  const answers = async (): Promise<readonly SeenActivity[]> =>
    (await activities()).filter(({ type, from }) => type === 'message' && from.role === 'bot');
  let seen = 0;
  const next = async (): Promise<SeenActivity> => {
    for (let tries = 0; tries < answerTries; tries += 1) {
      const answer = (await answers())[seen];
      if (answer !== undefined) {
        seen += 1;
        return answer;
      }
      await sleep(250);
    }
    throw new Error('no answer came');
  };
  return {
    ...started,
    activities,
    next,
    /** Writes, and waits for the answer. */
    write: async (text: string): Promise<SeenActivity> => {
      const response = await post(address, started.token, { type: 'message', text, from: { id: 'person' } });
      if (response.status !== 200) throw new Error(`posting gave ${response.status}`);
      return next();
    },
  };
}
