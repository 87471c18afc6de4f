import type { Values } from '../../src/core/values.ts';
import { dutyKind, dutySentence } from '../shared/duty.ts';

/** Rules of the person dialog. */
export const rules = {
  whatIsTrue: (values: Values): string => {
    if (dutyKind(values) === 'nobody') return 'sayNobody';
    return values['alreadyWaiting'] === true ? 'sayStillWaiting' : 'sayTold';
  },
  sayWhen: dutySentence,
};
