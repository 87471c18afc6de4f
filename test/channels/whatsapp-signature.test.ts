import { describe, expect, test } from '@jest/globals';
import { isSigned } from '../../src/channels/whatsapp/signature.ts';
import { fixture, signatureOf } from './whatsapp-surroundings.ts';

const secret = 'canary-app-secret-0123456789';
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('a signature', () => {
  test.each([
    [
      'no blanks',
      bytes('{"object":"whatsapp_business_account","entry":[]}'),
      '4345305ed97f01246987e15cca2024ef5b01055892ae2b906ec4d8c5b6c89aa1',
    ],
    [
      'blanks',
      bytes('{"object": "whatsapp_business_account", "entry": []}'),
      '01d223cd227193472a94d6dc06e7026e1038f663aad16ee94acaea90f7d401c0',
    ],
    ['UTF-8', bytes('{"t":"ñ"}'), '281791fbd71009cceb5fb5d1c753a9c8e4a8328194a64059d9ee0c530f6148bf'],
    [
      'an ASCII escape',
      bytes('{"t":"\\u00f1"}'),
      '5f775f3dc29db470d2277db7ef6ea88b3868f886625e430c96ed4f8ca0971d3d',
    ],
    [
      'recorded escapes',
      fixture('02-text-escaped-unicode.json'),
      '3fbe40f2e18e8cabc0fc6806cef490a71d4372cecd86a1b77f867787fb23d46e',
    ],
    [
      'a recorded body',
      fixture('01-text-basic.json'),
      '6ff45b57038edbea072e8504daab556949bbd57a102b04750a8ba569c97d3364',
    ],
  ])('over %s fits the published vector', (_name, body, hex) => {
    expect(isSigned(body, `sha256=${hex}`, ['sample-app-secret'])).toBe(true);
    expect(isSigned(body, `sha256=${hex}`, ['another-secret'])).toBe(false);
  });

  test('fails when any single byte of the body is changed', () => {
    const body = bytes('{"object":"whatsapp_business_account","entry":[]}');
    const right = signatureOf(body, secret);
    for (let index = 0; index < body.length; index += 1) {
      const changed = Buffer.from(body);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(isSigned(changed, right, [secret])).toBe(false);
    }
  });
});
