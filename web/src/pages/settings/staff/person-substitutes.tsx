/** Who stands in for a person, set by an administrator. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { api, bodyOf } from '../../../api/client.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { SubstitutesPanel } from '../../../parts/substitutes-panel.tsx';
import { usePerson } from '../../../person.ts';

/** @param facility where colleagues are looked for; absent: of the whole group */
export function PersonSubstitutes({ id, facility }: { id: string; facility: string | undefined }) {
  const { facilities } = usePerson();
  const path = { id };
  const found = useQuery({
    queryKey: ['substitutes', id],
    queryFn: () => bodyOf(api.GET('/api/staff/{id}/substitutes', { params: { path } })),
  });
  if (found.isPending) return <Skeleton active />;
  if (found.error) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  return (
    <SubstitutesPanel
      facility={facility ?? facilities[0]?.code ?? ''}
      person={id}
      shown={found.data.items}
      save={(body) => bodyOf(api.PUT('/api/staff/{id}/substitutes', { params: { path }, body }))}
    />
  );
}
