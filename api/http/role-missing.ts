/** 403 for a missing role; the response names the roles that allow the act, so that a holder can be asked. */
import type { LocalizedText } from '../../engine/model/plan.ts';
import { type Duty, listRoles } from '../../store/organisation/roles.ts';
import { ProblemError } from './problem.ts';
import type { ProblemCode } from './problem-codes.ts';

/**
 * @param needed a duty, role ids, or any role
 * @param facility where the role must be held, `*` for the whole group; absent: anywhere
 */
export async function roleMissing(
  needed: { duty: Duty } | { roles: readonly string[] } | 'any',
  facility?: string,
  code: ProblemCode = 'wrong-role',
): Promise<ProblemError> {
  const open = (await listRoles()).filter(({ _id, duties }) => {
    if (needed === 'any') return true;
    return 'duty' in needed ? duties.includes(needed.duty) : needed.roles.includes(_id);
  });
  const zh = open.map(({ _id, name }) => `${name}（${_id}）`).join('、');
  const en = open.map(({ _id, englishName }) => `${englishName} (${_id})`).join(', ');
  const there = placeInWords(facility);
  return new ProblemError({
    status: 403,
    code,
    detail: `None of your roles may do this. It is open to ${en || 'nobody at present'}${there.en}.`,
    hint: 'Ask somebody who has one of these roles.',
    words: {
      zh: `您没有此操作所需的角色。请联系${there.zh}有以下角色的同事：${zh || '（目前没有）'}。`,
      en: `None of your roles may do this. Ask somebody who has one of these roles${there.en}: ${en || 'none at present'}.`,
    },
    more: { roles: open.map(({ _id }) => _id) },
  });
}

function placeInWords(facility: string | undefined): LocalizedText {
  if (facility === undefined) return { zh: '', en: '' };
  return facility === '*'
    ? { zh: '在全集团', en: ' for the whole group' }
    : { zh: `在 ${facility} `, en: ` at ${facility}` };
}
