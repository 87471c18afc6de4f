import type { Found } from './found.ts';
import { wordSet } from './lists.ts';
import type { Token } from './plain.ts';

const streetWords = wordSet('streetWords');
const houseWords = wordSet('houseWords');
const numberMarks = wordSet('numberMarks');
const englishStreets = wordSet('englishStreets');
const englishBetween = wordSet('englishBetween');
const englishStops = wordSet('englishStops');
const homeCues = wordSet('homeCues');
const areaWords = wordSet('areaWords');
const zipCues = wordSet('zipCues');
const units = wordSet('units');
const stops = wordSet('stops');

/** Places of a house: a street with its number, a house in a block, "my address is ...". A town alone is none. */
export function addressesIn(tokens: readonly Token[]): readonly Found[] {
  return [
    ...houses(tokens),
    ...streets(tokens),
    ...englishHouses(tokens),
    ...homes(tokens),
    ...zipCodes(tokens),
  ];
}

function found(tokens: readonly Token[], from: number, to: number): readonly Found[] {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first === undefined || last === undefined
    ? []
    : [{ kind: 'ADDRESS', from: first.from, to: last.to }];
}

/** Index after "casa #12", "lote no. 5", "km 14.5", "manzana B"; undefined when no number follows. */
function afterNumbered(tokens: readonly Token[], at: number): number | undefined {
  let next = at + 1;
  while (next <= at + 3 && numberMarks.has(tokens[next]?.text ?? '')) next += 1;
  const number = tokens[next];
  const isLetter = number?.kind === 'word' && number.text.length === 1 && number.isCapital && next === at + 1;
  if (number?.kind !== 'digits' && !isLetter) return undefined;
  if (units.has(tokens[next + 1]?.text ?? '')) return undefined;
  return numberEnd(tokens, next);
}

/** "14.5", "12-34", "12 A": the rest of a house number. */
function numberEnd(tokens: readonly Token[], at: number): number {
  let to = at + 1;
  while (
    /^[-.–]$/u.test(tokens[to]?.text ?? '') &&
    tokens[to + 1]?.kind === 'digits' &&
    tokens[to + 1]?.isGlued === true
  )
    to += 2;
  const letter = tokens[to];
  return letter?.kind === 'word' && letter.text.length === 1 && letter.isCapital ? to + 1 : to;
}

const isMarker = (token: Token | undefined): boolean =>
  token !== undefined && (streetWords.has(token.text) || houseWords.has(token.text) || token.text === 'zona');

/** Two marks of a house near each other, one of them numbered: "colonia La Paz casa 12", "manzana 3 lote 5". */
function houses(tokens: readonly Token[]): readonly Found[] {
  return tokens.flatMap((token, at) => {
    if (!houseWords.has(token.text) && !streetWords.has(token.text)) return [];
    let last = at;
    let end: number | undefined = afterNumbered(tokens, at);
    let count = 1;
    for (let next = at + 1; next < tokens.length && next - last <= 6; next += 1) {
      if (/^[.?!;]$/u.test(tokens[next]?.text ?? '') && tokens[next + 1]?.kind !== 'digits') break;
      if (!isMarker(tokens[next])) continue;
      const after = afterNumbered(tokens, next);
      if (after === undefined && tokens[next]?.text === 'zona') continue;
      last = next;
      count += 1;
      end = after ?? end;
    }
    return count < 2 || end === undefined
      ? []
      : found(tokens, withOrdinal(tokens, at), Math.max(end, at + 1));
  });
}

/** "5a calle", "12 avenida": the number before a street belongs to it. */
function withOrdinal(tokens: readonly Token[], at: number): number {
  const before = tokens[at - 1];
  if (before?.kind === 'digits') return at - 1;
  const isOrdinal = before !== undefined && /^(?:a|ta|da|ra|va|na|ma|avo|av|st|nd|rd|th)$/u.test(before.text);
  return isOrdinal && before.isGlued && tokens[at - 2]?.kind === 'digits' ? at - 2 : at;
}

/** A street with two numbers, or with a name and a number behind it. */
function streets(tokens: readonly Token[]): readonly Found[] {
  return tokens.flatMap((token, at) => {
    if (!streetWords.has(token.text)) return [];
    const from = withOrdinal(tokens, at);
    let words = 0;
    let numbers = from < at ? 1 : 0;
    for (let next = at + 1; next < tokens.length && next <= at + 8; next += 1) {
      const here = tokens[next];
      if (here === undefined || /^(?:[?!;]|zona)$/u.test(here.text)) break;
      if (
        here.kind === 'word' &&
        (stops.has(here.text) || units.has(here.text)) &&
        here.text.length > 1 &&
        !/^(?:de|la|el|del|las|los)$/u.test(here.text)
      )
        break;
      if (here.kind === 'word') words += 1;
      if (here.kind !== 'digits') continue;
      numbers += 1;
      const end = numberEnd(tokens, next);
      const isLong = end > next + 1 || tokens[next - 1]?.text === '#';
      if (units.has(tokens[end]?.text ?? '')) break;
      if (numbers >= 2 || isLong || (words >= 1 && token.text !== 'carrera')) return found(tokens, from, end);
    }
    return [];
  });
}

/** "4521 North Elm Street Apt 4". */
function englishHouses(tokens: readonly Token[]): readonly Found[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'digits' || token.text.length > 6) return [];
    let next = at + 1;
    while (englishBetween.has(tokens[next]?.text ?? '') || tokens[next]?.text === '.') next += 1;
    for (let words = 0; words < 4; words += 1, next += 1) {
      const here = tokens[next];
      if (here === undefined || here.kind === 'sign') return [];
      if (words > 0 && englishStreets.has(here.text)) return found(tokens, at, englishEnd(tokens, next + 1));
      if (englishStops.has(here.text) || units.has(here.text)) return [];
    }
    return [];
  });
}

function englishEnd(tokens: readonly Token[], at: number): number {
  let next = at;
  while (/^[.,#]$/u.test(tokens[next]?.text ?? '')) next += 1;
  if (!/^(?:apt|unit|suite|ste|apartment|trailer|lot)$/u.test(tokens[next]?.text ?? '')) return at;
  return afterNumbered(tokens, next) ?? at;
}

/** "my address is ...", "vivo en la colonia ...": to the end of the clause. */
function homes(tokens: readonly Token[]): readonly Found[] {
  return tokens.flatMap((token, at) => {
    if (!homeCues.has(token.text)) return [];
    const isAddress = /^(?:direccion|domicilio|address|adrese|endereco)$/u.test(token.text);
    const own = /^(?:mi|my|su|tu|nuestra|mon|meu)$/u.test(tokens[at - 1]?.text ?? '');
    const said = /^(?:es|is|e|:|se)$/u.test(tokens[at + 1]?.text ?? '');
    if (isAddress) return own && said ? found(tokens, at + 2, clauseEnd(tokens, at + 2, 18)) : [];
    const area = [at + 2, at + 3].find((index) => areaWords.has(tokens[index]?.text ?? ''));
    return area === undefined ? [] : found(tokens, area, clauseEnd(tokens, area + 1, 5));
  });
}

function clauseEnd(tokens: readonly Token[], from: number, most: number): number {
  let to = from;
  while (to < tokens.length && to - from < most) {
    const token = tokens[to];
    if (token === undefined || /^[?!;]$/u.test(token.text)) break;
    if (token.text === '.' && tokens[to + 1]?.isGlued !== true) break;
    const isNextThought = /^(?:y|and|pero|but|quiero|necesito|busco|que|kiero)$/u.test(token.text);
    if (
      most <= 5
        ? token.text === ',' || isNextThought
        : /^(?:quiero|necesito|busco|pero|but)$/u.test(token.text)
    )
      break;
    to += 1;
  }
  return to;
}

/** "Houston TX 77036", "c.p. 06700". */
function zipCodes(tokens: readonly Token[]): readonly Found[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'digits' || token.text.length !== 5) return [];
    const before = tokens
      .slice(Math.max(0, at - 3), at)
      .filter(({ kind }) => kind === 'word')
      .at(-1);
    const isState =
      before !== undefined &&
      zipCues.has(before.text) &&
      (before.text.length > 2 || before.isCapital || before.text === 'cp');
    return isState ? found(tokens, at, at + 1) : [];
  });
}
