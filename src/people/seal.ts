import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { commonWords } from './common-words.ts';

/**
 * A seal is `format (1 byte), label, nonce (12 bytes), AES-256-GCM ciphertext, tag (16 bytes)`. The label says in the clear
 * which key opens it; format, label and context are bound as associated data. Format 1: the bytes as they are. Format 2:
 * compressed with `commonWords`.
 */
const plainFormat = 1;
const compressedFormat = 2;
const algorithm = 'aes-256-gcm';
export const nonceLength = 12;
const tagLength = 16;

/** Below this, compression costs more time than the bytes are worth. */
const worthCompressing = 4_096;
/** Largest thing sealed: a webhook body of 3 MB and its surroundings. Opening stops here too. */
const largest = 8 * 1024 * 1024;
const dictionary = Buffer.from(commonWords);
const compression = { level: 3, memLevel: 5, windowBits: 12, dictionary };

/** Thrown when sealed bytes, their label or their context are not what was sealed, or no key of ours opens them. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** What a seal is made with. `label` stands in the clear; a nonce is used once. */
interface SealWith {
  readonly key: KeyObject;
  readonly label: Uint8Array;
  readonly context: string;
  readonly nonce: Uint8Array;
}

/** Seals some bytes; the context has to be given again to open them. */
export function seal({ key, label, context, nonce }: SealWith, plain: Uint8Array): Uint8Array {
  if (plain.length > largest) throw new RangeError(`more than ${largest} bytes to seal`);
  const packed = plain.length < worthCompressing ? plain : deflateRawSync(plain, compression);
  const helps = packed.length < plain.length;
  const format = helps ? compressedFormat : plainFormat;
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(boundBytes(format, label, context));
  const hidden = cipher.update(helps ? packed : plain);
  cipher.final();
  return Buffer.concat([Uint8Array.of(format), label, nonce, hidden, cipher.getAuthTag()]);
}

/** Opens a seal whose label has `labelLength` bytes. Throws SealBroken. */
export function unseal(key: KeyObject, labelLength: number, context: string, sealed: Uint8Array): Uint8Array {
  const [format] = sealed;
  const nonceAt = 1 + labelLength;
  const bodyAt = nonceAt + nonceLength;
  const tagAt = sealed.length - tagLength;
  if ((format !== plainFormat && format !== compressedFormat) || tagAt < bodyAt)
    throw new SealBroken('not a seal of ours');
  const nonce = sealed.subarray(nonceAt, bodyAt);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  decipher.setAAD(boundBytes(format, sealed.subarray(1, nonceAt), context));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const packed = decipher.update(sealed.subarray(bodyAt, tagAt));
  try {
    decipher.final();
  } catch (cause) {
    throw new SealBroken('the bytes or their context were changed', { cause });
  }
  return format === plainFormat ? packed : inflateRawSync(packed, { dictionary, maxOutputLength: largest });
}

/** The label of a seal, when it is long enough to have one. */
export function labelOf(sealed: Uint8Array, labelLength: number): Buffer {
  if (sealed.length < 1 + labelLength + nonceLength + tagLength) throw new SealBroken('not a seal of ours');
  return Buffer.from(sealed.buffer, sealed.byteOffset + 1, labelLength);
}

function boundBytes(format: number, label: Uint8Array, context: string): Uint8Array {
  return Buffer.concat([Uint8Array.of(format), label, Buffer.from(context)]);
}
