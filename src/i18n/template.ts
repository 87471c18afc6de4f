import type { SayPart } from '../core/values.ts';

/** A text cut at its placeholders: `literals[0]`, the value of `names[0]`, `literals[1]`, ... */
export interface Template {
  readonly literals: readonly string[];
  readonly names: readonly string[];
}

const placeholder = /\{\{\s*(\w+)\s*\}\}/u;

/** Cuts a text such as `Busqué en {{country}}.` at its placeholders. */
export function parseTemplate(text: string): Template {
  const pieces = text.split(placeholder);
  return {
    literals: pieces.filter((_piece, index) => index % 2 === 0),
    names: pieces.filter((_piece, index) => index % 2 === 1),
  };
}

/** Fills a template. Values stand there as they are: nothing in them is ever read as a placeholder or a key. */
export function fillTemplate({ literals, names }: Template, { key, params }: SayPart): string {
  let text = literals[0] ?? '';
  for (const [index, name] of names.entries()) {
    const value = params !== undefined && Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw new TypeError(`${key} needs a value for ${name}`);
    text += `${value}${literals[index + 1] ?? ''}`;
  }
  return text;
}
