import type { OutboundChoice, OutboundMessage } from '../../core/message.ts';

/** Meta's limits in UTF-16 units (whatsapp-cloud-api.md 4.3). */
const limits = {
  text: 4096,
  interactiveText: 1024,
  buttons: 3,
  buttonTitle: 20,
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  choiceId: 200,
} as const;

/** The part of a send that depends on the message's form. */
export type MessageForm =
  | { readonly type: 'text'; readonly text: { readonly preview_url: false; readonly body: string } }
  | { readonly type: 'interactive'; readonly interactive: Interactive };

interface Interactive {
  readonly type: 'button' | 'list';
  readonly body: { readonly text: string };
  readonly action: unknown;
}

interface NumberedChoice {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/**
 * A message in WhatsApp's form: buttons for up to three short choices, a list for up to ten, else numbered lines.
 * Choices always carry their number, so that they can be typed or read aloud ("1 Sí"). Undefined when it fits no form.
 */
export function composeMessage(message: OutboundMessage, listButton: string): MessageForm | undefined {
  const text = withAuthor(message);
  if (text.trim() === '') return undefined;
  const choices = message.choices.map(numbered);
  const lines = [text, ...(choices.length === 0 ? [] : ['', ...choices.map(lineOf)])].join('\n');
  return buttons(text, choices) ?? list(lines, choices, listButton) ?? plain(lines);
}

function plain(body: string): MessageForm | undefined {
  return body.length > limits.text ? undefined : { type: 'text', text: { preview_url: false, body } };
}

function buttons(text: string, choices: readonly NumberedChoice[]): MessageForm | undefined {
  const areFew = choices.length >= 1 && choices.length <= limits.buttons;
  if (
    !areFew ||
    text.length > limits.interactiveText ||
    choices.some((choice) => choice.description !== '')
  ) {
    return undefined;
  }
  if (!choices.every((choice) => fits(choice, limits.buttonTitle))) return undefined;
  const replies = choices.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
  return {
    type: 'interactive',
    interactive: { type: 'button', body: { text }, action: { buttons: replies } },
  };
}

/** A list hides its rows behind a button, so the lines stay in the text as well. */
function list(
  lines: string,
  choices: readonly NumberedChoice[],
  listButton: string,
): MessageForm | undefined {
  const areMany = choices.length >= 1 && choices.length <= limits.rows;
  if (!areMany || lines.length > limits.interactiveText) return undefined;
  if (!choices.every((choice) => fits(choice, limits.rowTitle))) return undefined;
  const rows = choices.map(({ id, title, description }) => ({
    id,
    title,
    ...(description === '' ? {} : { description: shortened(description, limits.rowDescription) }),
  }));
  const button = shortened(listButton, limits.buttonTitle);
  return {
    type: 'interactive',
    interactive: { type: 'list', body: { text: lines }, action: { button, sections: [{ rows }] } },
  };
}

function numbered(choice: OutboundChoice, index: number): NumberedChoice {
  const title = `${index + 1} ${choice.title.trim()}`;
  return { id: choice.value, title, description: choice.description?.trim() ?? '' };
}

function lineOf({ title, description }: NumberedChoice): string {
  return description === '' ? title : `${title}: ${description}`;
}

function fits({ id, title }: NumberedChoice, longestTitle: number): boolean {
  return title.length <= longestTitle && id.length >= 1 && id.length <= limits.choiceId && id === id.trim();
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`.toWellFormed();
}

/** A caseworker's words start with the name shown for them, free of WhatsApp's own markup. */
function withAuthor({ author, text }: OutboundMessage): string {
  const name = author?.replaceAll(/[*_~`\s]+/gu, ' ').trim() ?? '';
  return name === '' ? text : `*${name}*\n${text}`;
}
