/** How an instance is: stuck, or its status. */
import type { Instance } from '../api/client.ts';
import { useWords } from '../words/index.ts';

export function StatusTag({ instance }: { instance: Instance }) {
  const { t } = useWords();
  if (instance.incidents.length > 0) return <span className="tag bad">{t('case.incident')}</span>;
  return <span className={`tag ${instance.status}`}>{t(`status.${instance.status}`)}</span>;
}
