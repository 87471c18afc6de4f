/** Reads one setting's text. Gives the value, or a sentence that says what was expected. */
export type Reader<Value> = (text: string) => { readonly value: Value } | { readonly expected: string };

/** Any words that are not blank. */
export const words: Reader<string> = (text) =>
  text.trim() === '' ? expect('some text') : { value: text.trim() };

/** A whole number between two others, both included. */
export function wholeNumber(least: number, most: number): Reader<number> {
  return (text) => {
    const value = Number(text);
    const isGood = /^\d{1,9}$/u.test(text) && value >= least && value <= most;
    return isGood ? { value } : expect(`a whole number from ${least} to ${most}`);
  };
}

/** One of a few words. */
export function oneOf<const Word extends string>(...known: readonly Word[]): Reader<Word> {
  return (text) => {
    const value = known.find((word) => word === text);
    return value === undefined ? expect(`one of ${known.join(', ')}`) : { value };
  };
}

/** Words that fit a pattern; `form` says which in plain language. */
export function fitting(pattern: RegExp, form: string): Reader<string> {
  return (text) => (pattern.test(text) ? { value: text } : expect(form));
}

/** An address with https, or http where `mayBePlain` says so. Without user, query or fragment. */
export function webAddress(mayBePlain: (url: URL) => boolean, form: string): Reader<string> {
  return (text) => {
    const url = URL.parse(text);
    const isBare = url !== null && url.username === '' && url.search === '' && url.hash === '';
    if (!isBare || (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePlain(url))))
      return expect(form);
    return { value: text.replace(/\/+$/u, '') };
  };
}

/** Whether an address leads to this machine only. */
export const isLoopback = (url: URL): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(url.hostname);

/** Web origins, comma-separated: scheme, host and port, nothing else. */
export const originList: Reader<readonly string[]> = (text) => {
  const origins = listOf(text);
  const isOrigin = (origin: string): boolean =>
    URL.parse(origin)?.origin === origin && /^https?:/u.test(origin);
  return origins.every(isOrigin) && origins.length > 0
    ? { value: origins }
    : expect('web origins such as https://example.org, comma-separated, without a path');
};

/** One or two secrets, comma-separated: two while one is being replaced. */
export const secretPair: Reader<readonly [string, ...string[]]> = (text) => {
  const [first, ...others] = listOf(text);
  if (first === undefined || others.length > 1)
    return expect('one secret, or two comma-separated while changing');
  return { value: [first, ...others] };
};

/** How many proxies stand before us, or their addresses: which `X-Forwarded-*` may be believed. */
export const trustProxy: Reader<number | readonly string[]> = (text) => {
  if (/^\d$/u.test(text)) return { value: Number(text) };
  const addresses = listOf(text);
  const isKnown = (address: string): boolean =>
    /^(?:loopback|linklocal|uniquelocal|[\da-f.:]+(?:\/\d{1,3})?)$/iu.test(address);
  return addresses.length > 0 && addresses.every(isKnown)
    ? { value: addresses }
    : expect('the number of proxies, or their addresses or networks, comma-separated');
};

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const samples = /change.?me|sample|example|secret|password|default|test|12345678/iu;

/** Whether a secret is short or reads like one from a sample file: production refuses it. */
export function isWeakSecret(text: string): boolean {
  return listOf(text).some(
    (one) => one.length < 16 || new Set(one).size < 6 || (samples.test(one) && one.length < 40),
  );
}

const expect = (expected: string): { readonly expected: string } => ({ expected });
