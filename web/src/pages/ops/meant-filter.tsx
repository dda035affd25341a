/** Which instances of a version a page acts on: what a list was filtered by, or the rows that were picked there. */
import { Link, useParams, useSearchParams } from 'react-router';
import { filterInAddress } from '../../parts/batches/batch-filter.ts';
import type { BatchFilter } from '../../parts/batches/batch-queries.ts';
import { useBatchFacility } from '../../parts/batches/operated-facility.ts';
import { useWords } from '../../words/index.ts';

/** Without process and version, which the page names itself. */
export function useMeantFilter(): BatchFilter {
  const [search] = useSearchParams();
  const { process: _, version: __, ...filter } = filterInAddress(search);
  const facility = useBatchFacility(filter.facility);
  return { ...filter, ...(facility !== undefined && { facility }) };
}

/** Says what was chosen in a list, and leads back to all instances of the version. */
export function MeantFilter({ page }: { page: string }) {
  const { t } = useWords();
  const { key } = useParams();
  const [search] = useSearchParams();
  const { process: _, version, facility: __, ids, ...others } = filterInAddress(search);
  const names = Object.keys(others).length;
  if (!ids && names === 0) return null;
  const all = `${page}/${encodeURIComponent(key ?? '')}?${version === undefined ? '' : `version=${version}`}`;
  return (
    <span className="soft">
      {ids ? t('ops.batch.chosen', { n: ids.length }) : t('bulk.filtered', { n: names })}{' '}
      <Link className="underlined" to={all}>
        {t('bulk.allInstances')}
      </Link>
    </span>
  );
}
