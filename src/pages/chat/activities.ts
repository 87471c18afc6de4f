import { list, record, text } from '../shared/json.ts';

/** Something to tap. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly description: string;
}

/** One message of the conversation's log, as this page needs it. */
export interface Activity {
  readonly id: string;
  readonly at: number;
  readonly from: 'visitor' | 'program' | 'colleague';
  readonly name: string;
  readonly text: string;
  readonly language: string;
  readonly choices: readonly Choice[];
  /** Our own name for a message of ours; empty when it is not. */
  readonly clientId: string;
  /** What a tap of ours stood for. */
  readonly value: string;
  /** The message told the person that the team has been asked for somebody. */
  readonly isWaiting: boolean;
}

/** What the stream and the poll give. */
export interface Frame {
  readonly activities: readonly Activity[];
  readonly watermark: string;
}

/** Reads a frame; whatever is not a message is left out. */
export function readFrame(json: unknown): Frame {
  const frame = record(json);
  const messages = list(frame['activities']).filter((activity) => record(activity)['type'] === 'message');
  return { activities: messages.map(readActivity), watermark: text(frame['watermark']) };
}

function readActivity(json: unknown): Activity {
  const activity = record(json);
  const from = record(activity['from']);
  const data = record(activity['channelData']);
  const own = record(data['puente']);
  const author = text(own['author']);
  const isBot = from['role'] === 'bot';
  return {
    id: text(activity['id']),
    at: Date.parse(text(activity['timestamp'])) || Date.now(),
    from: isBot ? (author === '' ? 'program' : 'colleague') : 'visitor',
    name: author === '' ? text(from['name']) : author,
    text: text(activity['text']),
    language: text(activity['locale']),
    choices: isBot ? list(own['choices']).map(readChoice) : [],
    clientId: text(data['clientActivityID']),
    value: text(activity['value']),
    isWaiting: own['waiting'] === true,
  };
}

function readChoice(json: unknown): Choice {
  const choice = record(json);
  return {
    value: text(choice['value']),
    title: text(choice['title']),
    description: text(choice['description']),
  };
}
