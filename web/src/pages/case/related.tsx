/** What belongs to an instance: its caller, what it has called, others about the same. */
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf, type OneInstance } from '../../api/client.ts';
import { type RelatedInstance, RelatedList } from '../../parts/related/related-list.tsx';
import { useWords } from '../../words/index.ts';
import '../../styles/related.css';

export function Related({ instance }: { instance: OneInstance }) {
  const { t, named } = useWords();
  const { id, updatedAt } = instance;
  const { data } = useQuery({
    queryKey: ['related', id, updatedAt],
    queryFn: () => bodyOf(api.GET('/api/instances/{id}/related', { params: { path: { id } } })),
    placeholderData: (before) => before,
  });
  if (!data) return null;
  const { parent, called, same } = data;
  const groups: { title: string; items: RelatedInstance[] }[] = [
    { title: t('related.caller'), items: parent ? [parent] : [] },
    { title: t('related.called'), items: called },
    ...same.map(({ column, value, items }) => ({ title: t('related.same', { name: named(column), value }), items })),
  ].filter(({ items }) => items.length > 0);
  if (groups.length === 0) return null;
  return (
    <section className="panel related-panel" aria-label={t('related.title')}>
      <h2>{t('related.title')}</h2>
      {groups.map(({ title, items }) => (
        <div key={title} className="related-group">
          <h3>{title}</h3>
          <RelatedList items={items} />
        </div>
      ))}
    </section>
  );
}
