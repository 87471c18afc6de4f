import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import i18next from 'i18next';
import { languageTag } from '../../src/core/ids.ts';
import type { Translator } from '../../src/core/ports.ts';

const folder = join(import.meta.dirname, '../../locales');
const languages = ['es', 'en'];

function readLanguage(language: string): Record<string, unknown> {
  const files = readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [
      basename(name, '.json'),
      JSON.parse(readFileSync(join(folder, language, name), 'utf8')),
    ]),
  );
}

/** Renders the real words of `locales/`; a missing key is a fault. */
export function localeTranslator(): Translator {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    lng: 'es',
    fallbackLng: false,
    ns: ['common'],
    resources: Object.fromEntries(languages.map((language) => [language, readLanguage(language)])) as never, // JSON as read
    interpolation: { escapeValue: false },
  });
  return {
    languages: languages.map(languageTag),
    has: (key, language) => instance.exists(key, { lng: language }),
    render: (part, language) => {
      if (!instance.exists(part.key, { lng: language }))
        throw new TypeError(`no words for ${part.key} in ${language}`);
      return instance.t(part.key, { lng: language, ...part.params });
    },
  };
}
