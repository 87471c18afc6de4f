import { dataBlock, html, type Markup } from './markup.ts';
import type { PageLanguage } from './page-words.ts';

/** Who runs this service, as people see it. `phones` are called from the page. */
export interface PageOrganisation {
  readonly name: string;
  readonly contact?: string;
  readonly phones?: readonly { readonly name: string; readonly number: string }[];
}

/** What a page is made of. Addresses are our own, but for the one to leave to. */
export interface PageParts {
  readonly language: PageLanguage;
  readonly languages: readonly PageLanguage[];
  readonly organisation: PageOrganisation;
  readonly exitUrl: string;
  readonly script: string;
  readonly style: string;
}

/** The chat page. Without its script it says who runs it, what it is and whom to call. */
export function chatPage(parts: PageParts): string {
  const { language, organisation, exitUrl } = parts;
  const words = language.chat;
  const header = html`<header class="bar">
    <span class="name" data-word="name">${words.name}</span>
    ${languageLinks(parts)}
    <a class="exit" id="exit" href="${exitUrl}" rel="noopener noreferrer">
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M10 4H5v16h5M9 12h11m-4-4 4 4-4 4" />
      </svg>
      <span data-word="exit">${words.exit}</span>
    </a>
  </header>`;
  const main = html`<main>
    <section class="about">
      <h1 data-word="heading">${words.heading}</h1>
      <p data-word="what">${fill(words.what, organisation)}</p>
      <p data-word="person">${words.person}</p>
      ${noScript(parts)} ${phones(parts)}
      <p class="keys" data-word="exitHint">${words.exitHint}</p>
    </section>
    <div id="chat"></div>
  </main>`;
  return page(parts, words.title, html`${header}${main}`, 'chat');
}

/** The page with WhatsApp phones to try. */
export function simulatorPage(parts: PageParts): string {
  const words = parts.language.simulator;
  const body = html`<header class="bar">
      <h1 data-word="heading">${words.heading}</h1>
      <p data-word="what">${words.what}</p>
      ${languageLinks(parts)}
    </header>
    <main id="simulator">
      <noscript><p class="without-script">${words.noScript}</p></noscript>
    </main>`;
  return page(parts, words.title, body, 'simulator');
}

function page(parts: PageParts, title: string, body: Markup, name: 'chat' | 'simulator'): string {
  const { language, languages, organisation, exitUrl } = parts;
  const facts = {
    language: language.tag,
    languages: Object.fromEntries(
      languages.map((known) => [
        known.tag,
        { ...known[name], languageName: known.name, direction: known.direction },
      ]),
    ),
    organisation: organisation.name,
    contact: organisation.contact ?? '',
    exitUrl,
  };
  return html`<!doctype html>
    <html lang="${language.tag}" dir="${language.direction}">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${parts.style}" />
        <script type="module" src="${parts.script}"></script>
      </head>
      <body>
        ${body} ${dataBlock('facts', facts)}
      </body>
    </html> `.markup;
}

/** A link for each language; the script shows those that are not spoken now, and switches without leaving the page. */
function languageLinks({ language, languages }: PageParts): readonly Markup[] {
  return languages.map(
    ({ tag, name }) =>
      html`<a
        class="language"
        href="?lang=${tag}"
        lang="${tag}"
        hreflang="${tag}"
        data-language="${tag}"
        ${tag === language.tag ? html` hidden` : ''}
        >${name}</a
      >`,
  );
}

function noScript({ language, organisation }: PageParts): Markup {
  const { noScript: withPhones, noScriptNoPhone } = language.chat;
  return html`<noscript><p>${canBeCalled(organisation) ? withPhones : noScriptNoPhone}</p></noscript>`;
}

function phones({ language, organisation }: PageParts): Markup {
  if (!canBeCalled(organisation)) return html``;
  const { contact, phones: numbers = [] } = organisation;
  const rows = numbers.map(
    ({ name, number }) =>
      html`<li>${name}: <a href="tel:${number.replaceAll(/[^\d+*#]/gu, '')}">${number}</a></li>`,
  );
  return html`<h2 data-word="phones">${language.chat.phones}</h2>
    <ul class="phones">
      ${rows}
    </ul>
    ${contact === undefined ? '' : html`<p data-word="contact">${fill(language.chat.contact, organisation)}</p>`}`;
}

function canBeCalled({ contact, phones: numbers = [] }: PageOrganisation): boolean {
  return contact !== undefined || numbers.length > 0;
}

function fill(words: string, { name, contact = '' }: PageOrganisation): string {
  return words.replaceAll('{{organisation}}', () => name).replaceAll('{{contact}}', () => contact);
}
