import { isAmount, isCurrencyAfter } from './numbers.ts';
import { unitAt, type Run } from './digits.ts';
import type { Found } from './found.ts';
import { numberWords, wordSet } from './lists.ts';
import type { Token } from './plain.ts';

const accountWords = wordSet('accountWords');
const ownAccount = /^(?:mi|una|esa|su|tu|my|bank|the|nuestra)$/u;
const intoAccount = /^(?:en|de|a|para)$/u;
const near = 8;

/** Sums of money beside an account or a card: what somebody has or owes there. */
export function amountsIn(tokens: readonly Token[], runs: readonly Run[]): readonly Found[] {
  const accounts = tokens.flatMap((_token, at) => (isAccount(tokens, at) ? [at] : []));
  if (accounts.length === 0) return [];
  return runs.flatMap((run) => {
    if (!accounts.some((at) => isBeside(tokens, at, run))) return [];
    const isSum =
      isAmount(tokens, run) || run.digits.length >= 3 || numberWords.scales.has(tokens[run.to]?.text ?? '');
    return isSum ? [spanOf(tokens, run)] : [];
  });
}

function isAccount(tokens: readonly Token[], at: number): boolean {
  const { text } = tokens[at] ?? { text: '' };
  if (accountWords.has(text)) return true;
  if (text !== 'cuenta' && text !== 'account') return false;
  const [before, first] = [tokens[at - 1]?.text ?? '', tokens[at - 2]?.text ?? ''];
  // "Sáqueme la cuenta" and "por mi cuenta" are none.
  return (ownAccount.test(before) && first !== 'por') || (before === 'la' && intoAccount.test(first));
}

/** Near, and in the same sentence. */
function isBeside(tokens: readonly Token[], at: number, run: Run): boolean {
  const [from, to] = at < run.from ? [at, run.from] : [run.to, at];
  if (to - from > near) return false;
  return !tokens
    .slice(from, to)
    .some(
      ({ text, kind }, index, all) =>
        kind === 'sign' && /^[.?!;]$/u.test(text) && all[index + 1]?.isGlued !== true,
    );
}

function spanOf(tokens: readonly Token[], run: Run): Found {
  let to = run.to;
  while (to < run.to + 5 && (isCurrencyAfter(tokens[to]) || unitAt(tokens, to) !== undefined)) to += 1;
  const [first, last] = [tokens[run.from], tokens[to - 1]];
  return { kind: 'AMOUNT', from: first?.from ?? 0, to: last?.to ?? 0 };
}
