import type { RuleContext } from '../../src/core/dialog.ts';
import type { SayPart, Values } from '../../src/core/values.ts';

/** Rules of the erase dialog. */
export const rules = {
  confirm: (_values: Values, { dangerKnown }: RuleContext): readonly SayPart[] => [
    { key: dangerKnown === true ? 'erase:confirmDanger' : 'erase:confirm' },
  ],

  sayErased: (_values: Values, { dangerKnown }: RuleContext): readonly SayPart[] => [
    { key: 'erase:erased' },
    ...(dangerKnown === true ? [{ key: 'erase:dangerStays' }] : []),
  ],
};
