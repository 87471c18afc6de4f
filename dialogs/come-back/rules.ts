import type { Values } from '../../src/core/values.ts';

/** Rules of the come-back dialog. */
export const rules = {
  whoWrites: (values: Values): string => (values['whoWrites'] === 'someone-else' ? 'forget' : 'offer'),
};
