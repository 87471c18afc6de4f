/** Endings as they sound (fold.ts): "capacitaciones", "kapasitasiones". Longer ones first. */
const nounEndings =
  /(?:amientos?|imientos?|asiones|asion|adores|adoras?|ador|mente|idades|idad|ansas?|istas?|ables?|ibles?)$/u;
const verbEndings =
  /(?:ando|iendo|arme|erme|irme|arlo|erlo|irlo|arla|aron|ieron|aba[ns]?|ian?|ara[ns]?|are|aria|eria|ados?|adas?|idos?|idas?|ar|er|ir|amos|emos|imos|ais|an|en|as|es|os|a|e|o|s|i|ing|ed)$/u;
const shortestStemmed = 5;
const shortestStem = 3;

/** A word without its ending, so that "aprender", "aprendí" and "aprendiendo" meet. Takes and gives sounds. */
export function stemOf(sound: string): string {
  if (sound.length < shortestStemmed) return sound;
  const stem = sound.replace(nounEndings, '').replace(verbEndings, '');
  return stem.length < shortestStem ? sound.slice(0, shortestStem + 1) : stem;
}

/** The first letter and the consonants: what is left of a word on a keyboard in a hurry. */
export function skeletonOf(sound: string): string {
  return sound.length < shortestStem ? sound : sound.slice(0, 1) + sound.slice(1).replace(/[aeiou]/gu, '');
}
