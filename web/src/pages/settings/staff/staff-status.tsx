/** Whether somebody can log in. */
import type { components } from '../../../../generated/api.d.ts';
import { useWords } from '../../../words/index.ts';

export function StaffStatus({ person }: { person: components['schemas']['Person'] }) {
  const { t } = useWords();
  if (person.pseudonymisedAt !== undefined) return <span className="tag">{t('staff.left')}</span>;
  if (!person.active) return <span className="tag bad">{t('staff.disabled')}</span>;
  if (!person.hasPassword) return <span className="tag warn">{t('staff.noPassword')}</span>;
  return <span className="tag met">{t('staff.active')}</span>;
}
