import type { RuleContext } from '../../src/core/dialog.ts';
import type { SayPart, Values } from '../../src/core/values.ts';
import { dutyKind, dutySentence } from '../shared/duty.ts';

/** Rules of the person dialog. */
export const rules = {
  whatIsTrue: (values: Values): string => {
    if (dutyKind(values) === 'nobody') return 'sayNobody';
    return values['alreadyWaiting'] === true ? 'sayStillWaiting' : 'sayTold';
  },
  sayWhen: dutySentence,

  /** Where nobody answers and nobody can be called, the next step is what Puente itself can do. */
  sayNobody: (values: Values, context: RuleContext): readonly SayPart[] => {
    const sentence = dutySentence(values, context);
    const isEnd = sentence.some(({ key }) => key === 'common:duty.nobody');
    return isEnd ? [...sentence, { key: 'person:nobodyNext' }] : sentence;
  },
};
