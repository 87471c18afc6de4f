import type { Found } from './found.ts';
import { wordSet } from './lists.ts';
import type { Plain, Token } from './plain.ts';

const at = wordSet('at');
const dot = wordSet('dot');
const providers = wordSet('providers');
const joiners = wordSet('joiners');
const stops = wordSet('mailStops');
const apart = /^[,;:()<>"¡¿!?=@]$/u;
/** Parts of an address spelled out, at most, on either side. */
const mostParts = 40;

const link =
  /(?:https?:\/\/|www\.)[^\s<>"]{1,300}|\b(?:wa\.me|t\.me|m\.me|fb\.com|facebook\.com|instagram\.com|tiktok\.com|linkedin\.com|twitter\.com|x\.com)\/[^\s<>"]{1,200}/gu;
const office = /^(?:https?:\/\/)?(?:www\.)?[a-z0-9-]{1,40}\.(?:gob|gov|mil|go|gouv)(?:\.[a-z]{2})?\/?[.,]?$/u;

/** Addresses of mail and of pages, written or spelled out ("juan punto perez arroba gmail punto com"), and names behind an @. */
export function mailsIn({ text, tokens }: Plain): readonly Found[] {
  const found: Found[] = [...text.toLowerCase().matchAll(link)]
    .filter(([address]) => !office.test(address))
    .map(({ 0: address, index }) => ({ kind: 'LINK', from: index, to: index + address.length }));
  tokens.forEach((token, index) => {
    const span = mailAround(tokens, token, index);
    const [first, last] = [tokens[span?.from ?? -1], tokens[(span?.to ?? 0) - 1]];
    if (first !== undefined && last !== undefined) {
      found.push({ kind: 'EMAIL', from: first.from, to: last.to });
    }
  });
  return found;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function mailAround(tokens: readonly Token[], token: Token, index: number): Span | undefined {
  if (token.text === '@' || at.has(token.text)) return around(tokens, index, index + 1);
  if (token.text === 'at' && isDomain(tokens, skipBrackets(tokens, index + 1, 1))) {
    return around(tokens, skipBrackets(tokens, index, -1), skipBrackets(tokens, index + 1, 1));
  }
  const isProvider = providers.has(token.text) && isDomain(tokens, index) && !isBehindAt(tokens, index);
  return isProvider ? around(tokens, index, index) : undefined;
}

const skipBrackets = (tokens: readonly Token[], index: number, step: 1 | -1): number =>
  /^[()[\]{}<>]$/u.test(tokens[step === 1 ? index : index - 1]?.text ?? '') ? index + step : index;

const isDot = (token: Token | undefined): boolean => token?.text === '.' || dot.has(token?.text ?? '');

function isDomain(tokens: readonly Token[], index: number): boolean {
  const [name, next] = [tokens[index], skipBrackets(tokens, index + 1, 1)];
  if (name?.kind !== 'word' && name?.kind !== 'digits') return false;
  if (providers.has(name.text) && /^(?:com|net|es|mx)$/u.test(tokens[next]?.text ?? '')) return true;
  const end = tokens[skipBrackets(tokens, next + 1, 1)];
  if (!isDot(tokens[next]) || end?.kind !== 'word') return false;
  return tokens[next]?.text !== '.' || end.isGlued || providers.has(name.text);
}

const isBehindAt = (tokens: readonly Token[], index: number): boolean =>
  tokens
    .slice(Math.max(0, index - 2), index)
    .some(({ text }) => text === '@' || at.has(text) || text === 'at');

/** The part before `left` and the domain from `right` on. */
function around(tokens: readonly Token[], left: number, right: number): Span {
  const isSpelled = tokens[left]?.kind === 'word';
  return {
    from: isSpelled ? startOfSpelled(tokens, left) : startOfWritten(tokens, left),
    to: endOf(tokens, right),
  };
}

/** "juan.perez" before "@": what is written together. */
function startOfWritten(tokens: readonly Token[], index: number): number {
  let from = index - 1;
  const least = index - mostParts;
  while (from > least && tokens[from]?.isGlued === true && !apart.test(tokens[from - 1]?.text ?? ''))
    from -= 1;
  return Math.max(0, from);
}

/** "juan punto perez ochenta y cinco" before "arroba": words up to one that belongs to the sentence. */
function startOfSpelled(tokens: readonly Token[], index: number): number {
  let from = index;
  while (from > 0 && index - from < mostParts) {
    const token = tokens[from - 1];
    const isPart =
      token?.kind !== 'sign' && (!stops.has(token?.text ?? '') || joiners.has(token?.text ?? ''));
    if (!isPart && !/^[._+-]$/u.test(token?.text ?? '')) break;
    from -= 1;
  }
  return from;
}

function endOf(tokens: readonly Token[], index: number): number {
  let to = index;
  let isNameNext = true;
  while (to < tokens.length && to - index < mostParts) {
    const [token, next] = [tokens[to], tokens[to + 1]];
    if (token === undefined) break;
    const isName: boolean = token.kind !== 'sign' && (isNameNext || token.isGlued || token.text.length === 1);
    const isJoin = isDot(token)
      ? next?.kind === 'word' && (next.isGlued || token.text !== '.' || !next.isCapital)
      : /^[-_()[\]{}]$/u.test(token.text);
    const isCom = /^(?:com|net|org|es|mx|gt|hn|sv)$/u.test(token.text);
    if (!isName && !isJoin && !isCom) break;
    isNameNext = !isName;
    to += 1;
  }
  return to;
}
