/** Who stands in for me, and for whom I stand in. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { api, bodyOf } from '../../api/client.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { SubstitutesPanel } from '../../parts/substitutes-panel.tsx';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';

export function OwnSubstitutes() {
  const { t, listed } = useWords();
  const person = usePerson();
  const own = useQuery({
    queryKey: ['substitutes', person.id],
    queryFn: () => bodyOf(api.GET('/api/me/substitutes')),
  });
  if (own.isPending) return <Skeleton active />;
  if (own.error) return <ErrorNotice error={own.error} retry={() => void own.refetch()} />;
  const { items, represented } = own.data;
  return (
    <SubstitutesPanel
      facility={person.facilities[0]?.code ?? ''}
      person={person.id}
      shown={items}
      save={(body) => bodyOf(api.PUT('/api/me/substitutes', { body }))}
    >
      {represented.length > 0 && (
        <p>{t('substitutes.now', { names: listed(represented.map(({ id, name }) => name ?? id)) })}</p>
      )}
    </SubstitutesPanel>
  );
}
