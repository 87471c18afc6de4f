import type { StoredState } from '../../core/store.ts';

/**
 * A state is one string, not a hash: a hash of three fields costs some 250 bytes more than its contents,
 * and a script reads the version with GETRANGE without touching the body.
 * Layout: 10 digits of version, 4 digits of key length, wrapped key, body.
 */
export function packState(state: StoredState): Buffer {
  const head = `${String(state.version).padStart(10, '0')}${String(state.wrappedKey.length).padStart(4, '0')}`;
  return Buffer.concat([Buffer.from(head, 'latin1'), state.wrappedKey, state.body]);
}

/** Reads a packed state. */
export function unpackState(packed: Buffer): StoredState {
  const version = Number(packed.toString('latin1', 0, 10));
  const bodyAt = 14 + Number(packed.toString('latin1', 10, 14));
  return { version, wrappedKey: packed.subarray(14, bodyAt), body: packed.subarray(bodyAt) };
}

/** A case: 4 digits of key length, a copy of the wrapped key (the state may go before the case does), body. */
export function packCase(wrappedKey: Uint8Array, body: Uint8Array): Buffer {
  const head = String(wrappedKey.length).padStart(4, '0');
  return Buffer.concat([Buffer.from(head, 'latin1'), wrappedKey, body]);
}

/** Reads a packed case. */
export function unpackCase(packed: Buffer): { readonly wrappedKey: Buffer; readonly body: Buffer } {
  const bodyAt = 4 + Number(packed.toString('latin1', 0, 4));
  return { wrappedKey: packed.subarray(4, bodyAt), body: packed.subarray(bodyAt) };
}

/** Bytes as a Buffer over the same memory; ioredis would write a bare Uint8Array as text. */
export const asBuffer = (body: Uint8Array): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
