import type { Values } from '../../src/core/values.ts';

/** Rules of the dialog that asks outside what a message means. */
export const rules = {
  mayAsk: (values: Values): string => (values['consent'] === 'yes' ? 'askOutside' : 'askConsent'),
};
