import type { LocalLookUp, Translator } from '../core/ports.ts';
import type { Recogniser } from '../core/recognition.ts';
import { loadDirectory } from '../directory/load.ts';
import { createDirectory } from '../directory/search.ts';
import { createTranslator } from '../i18n/index.ts';
import { createRecogniser } from '../recogniser/recogniser.ts';
import { directoryFolder, localesFolder } from './folders.ts';

/** What Puente knows without any store: words, services, understanding. */
export interface Knowledge {
  readonly translator: Translator;
  readonly recogniser: Recogniser;
  readonly lookUps: Readonly<Record<string, LocalLookUp>>;
  /** Every name of every place, so that a town is not taken for a person's name. */
  readonly placeNames: readonly string[];
}

/** Reads words, directory and the recogniser's lists. Throws SetupFaults for every fault in the directory's files. */
export function loadKnowledge(): Knowledge {
  const loaded = loadDirectory(directoryFolder);
  const directory = createDirectory(loaded);
  return {
    translator: createTranslator(localesFolder),
    recogniser: createRecogniser({ places: loaded.places, trades: loaded.trades }),
    placeNames: loaded.places.flatMap(({ name, names }) => [name, ...names]),
    lookUps: { training: directory.trainingLookUp, emergency: directory.emergencyLookUp },
  };
}
