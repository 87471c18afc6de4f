import { createFinder, type Mention } from './finder.ts';
import type { Token } from './fold.ts';
import words from './words/documents.json' with { type: 'json' };

/** Words between "apostillar" and the paper it is done to: "apostillar la copia de mi título". */
const wordsToPaper = 4;
const ownNationalIds = new Set(words.ownNationalIds);

/** Prepares the names of documents, in Spanish and English, some in Creole, Portuguese and French. */
export function createDocumentReader(): (tokens: readonly Token[]) => readonly string[] {
  const find = createFinder<string | undefined>(
    [
      ...Object.entries(words.documents).flatMap(([value, names]) =>
        names.map((phrase) => ({ phrase, value })),
      ),
      // A marriage certificate is no birth certificate, though both are an "acta".
      ...words.others.map((phrase) => ({ phrase, value: undefined })),
    ],
    () => true,
  );
  return (tokens) => {
    const mentions = find(tokens);
    const meant = mentions.filter((mention, index) => !isApostilled(mention, mentions[index - 1]));
    const named = new Set(meant.flatMap(({ values }) => values.filter((value) => value !== undefined)));
    // "Mi identidad, el DPI" is one document.
    if ([...named].some((document) => ownNationalIds.has(document))) named.delete('national_id');
    return [...named];
  };
}

/** Of "apostillar mi título" the apostille is wanted, not the diploma. */
function isApostilled(
  { from }: Mention<string | undefined>,
  before: Mention<string | undefined> | undefined,
): boolean {
  return before?.values.includes('apostille') === true && from - before.to <= wordsToPaper;
}
