const zeroWidth = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;
const marks = /\p{Mn}/gu;
const separators = /[^\p{L}\p{N}]+/gu;

/** Lower case, no accents (ñ becomes n), no invisible characters, everything else than letters and digits one blank. */
export function foldText(text: string): string {
  return text
    .replace(zeroWidth, '')
    .normalize('NFD')
    .replace(marks, '')
    .toLowerCase()
    .replace(separators, ' ')
    .trim();
}

/** A small number for comparing texts without keeping them (FNV-1a, 32 bits). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Whether two words differ by one letter left out, added, changed, or by two neighbours swapped. */
export function isOneLetterApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  const shorter = Math.min(left.length, right.length);
  while (start < shorter && left[start] === right[start]) start += 1;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  const [leftRest, rightRest] = [left.slice(start, leftEnd), right.slice(start, rightEnd)];
  if (leftRest.length <= 1 && rightRest.length <= 1) return true;
  return leftRest.length === 2 && rightRest.length === 2 && leftRest === `${rightRest[1]}${rightRest[0]}`;
}
