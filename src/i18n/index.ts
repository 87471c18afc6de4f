import i18next from 'i18next';
import { languageTag, type LanguageTag } from '../core/ids.ts';
import type { Translator } from '../core/ports.ts';
import { readLanguages, readWords } from './locale-files.ts';
import { fillTemplate, parseTemplate, type Template } from './template.ts';

/** The form every text has; others are variants of a key: `greeting_vos`. */
const usualForm = 'usted';

/**
 * Renders the words of a folder of locales. i18next finds the text of a key (language, form of address as its context, no
 * falling back to another language); the placeholders are filled by `fillTemplate`, because i18next would read `$t(...)` and
 * `{{...}}` inside a value again. A key without words throws.
 */
export function createTranslator(folder: string): Translator {
  const tags = Object.keys(readLanguages(folder));
  const languages = tags.map(languageTag);
  const find = createFinder(folder, tags);
  const known = new Map<string, Template>();
  const templateOf = (key: string, language: LanguageTag, form: string): Template | undefined => {
    const name = `${language} ${form} ${key}`;
    const held = known.get(name);
    if (held !== undefined) return held;
    const text = find(key, language, form);
    if (text === undefined) return undefined;
    const template = parseTemplate(text);
    known.set(name, template);
    return template;
  };

  return {
    languages,
    has: (key, language) => templateOf(key, language, usualForm) !== undefined,
    render: (part, language, form) => {
      const template = templateOf(part.key, language, form);
      if (template === undefined) throw new TypeError(`no words for ${part.key} in ${language}`);
      return fillTemplate(template, part);
    },
  };
}

function createFinder(
  folder: string,
  tags: readonly string[],
): (key: string, language: LanguageTag, form: string) => string | undefined {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    fallbackLng: false,
    supportedLngs: [...tags],
    resources: Object.fromEntries(tags.map((tag) => [tag, readWords(folder, tag)])),
    interpolation: { escapeValue: false },
  });
  return (key, language, form) => {
    const options = {
      lng: language,
      skipInterpolation: true,
      returnObjects: true,
      ...(form === usualForm ? {} : { context: form }),
    };
    if (!instance.exists(key, options)) return undefined;
    const text: unknown = instance.t(key, options);
    return typeof text === 'string' ? text : undefined;
  };
}
