/** From one instance to what operators do with it: replay, move, migrate, the instances of its origin, and its page in the UI of Temporal. */
import { Link } from 'react-router';
import type { OneInstance } from '../../api/client.ts';
import { filterAddress } from '../../parts/batches/batch-filter.ts';
import { lineagePath, replayPath } from '../../parts/case-path.ts';
import { useWords } from '../../words/index.ts';
import { TemporalLink } from './temporal-link.tsx';

export function OperatorLinks({ instance }: { instance: OneInstance }) {
  const { t } = useWords();
  const { id, process, status, facility, definition } = instance;
  const only = filterAddress({ ids: [id], version: definition.version, facility });
  return (
    <p className="operator-links">
      <Link to={replayPath(id)}>{t('ops.replay.open')}</Link>
      {status === 'active' && (
        <>
          <Link to={`/ops/move/${encodeURIComponent(process)}?${only}`}>{t('ops.kind.modify')}</Link>
          <Link to={`/ops/migrate/${encodeURIComponent(process)}?${only}`}>{t('ops.kind.migrate')}</Link>
        </>
      )}
      <Link to={lineagePath(instance.root ?? id)}>{t('instances.lineage')}</Link>
      <TemporalLink instance={id} />
    </p>
  );
}
