import type { Draft } from './draft.ts';
import { sayBeforeQuestion, update } from './draft.ts';
import type { SayPart } from './values.ts';

const isAboutDanger = ({ key }: SayPart): boolean => key.startsWith('danger:') || key === 'common:stillHere';

/**
 * The three lines of first contact (product.md J1, safety.md A8): a machine, run by whom, who can see that they wrote,
 * the words for a person and for erasing. Help comes first, the question last, the notice between; in danger it waits.
 */
export function addNotice(draft: Draft): void {
  if (
    draft.state.noticeGiven ||
    !draft.mayGiveNotice ||
    draft.sendClass === 'crisis' ||
    draft.parts.length === 0 ||
    draft.parts.some(isAboutDanger)
  )
    return;
  const { organisation } = draft.context;
  const channel = draft.state.address?.channel === 'whatsapp' ? 'whatsapp' : 'other';
  const kind = organisation.kind === 'government' ? 'government' : 'organisation';
  const notice: SayPart = {
    key: `common:notice.${channel}.${kind}`,
    params: { organisation: organisation.name },
  };
  sayBeforeQuestion(draft, notice);
  update(draft, { noticeGiven: true });
}
