const marks = /\p{M}+/gu;
/** "Número de caso 8812", "folio es 77120", "boleta GT-45871", "case number is AB-10293". */
const said =
  /\b(?:caso|solicitud|boleta|folio|expediente|tramite|recibo|comprobante|gestion|referencia|ticket|case|receipt|reference|application|confirmation|dossier|dosye|demand|demande|protocolo)(?:,?\s+(?:number|numero|nimewo|num|nro|no|code|es|is|se|era|el|la|mi))*[\s.:#°º]*((?=[a-z0-9/-]*\d)[a-z0-9]+(?:[-/][a-z0-9]+)*)\b(?!\s*(?:[.,]\d|[%$]|(?:mil|k|millon|millones|quetzal|lempira|dolar|dollar|peso|cordoba|colon|usd|lps|ano|anos|mes|meses|dia|dias|years?|months?|days?|personas|people)(?:es|s)?\b))/giu;
const shortest = 4;
const longestText = 1_500;

/** Numbers of cases, receipts and requests, in capitals. */
export function referencesIn(text: string): readonly string[] {
  if (!/\d/u.test(text)) return [];
  const plain = text.slice(0, longestText).normalize('NFKD').replace(marks, '');
  const found = Array.from(plain.matchAll(said), ([, code = '']) => code.toUpperCase());
  return [...new Set(found.filter(({ length }) => length >= shortest))];
}
