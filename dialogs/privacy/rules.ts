import type { RuleContext } from '../../src/core/dialog.ts';
import type { SayPart, Values } from '../../src/core/values.ts';

/** Rules of the privacy dialog. */
export const rules = {
  sayWhoReads: (_values: Values, { organisation, readOutside }: RuleContext): readonly SayPart[] => {
    const params = { organisation: organisation.name };
    const isOffice = organisation.kind === 'government' || organisation.kind === 'municipality';
    return [
      { key: `privacy:runBy.${organisation.kind}`, params },
      { key: 'privacy:whoReads' },
      ...(readOutside === true ? [{ key: 'privacy:outside' }] : []),
      { key: isOffice ? 'privacy:policeOffice' : 'privacy:police', params },
      { key: 'privacy:yourWords' },
    ];
  },
};
