/** What a batch does, and to which instances, in words. */

import { useWords } from '../../words/index.ts';
import { useProcessNames } from '../process-names.ts';
import { useFacilityName } from '../zone.ts';
import type { Batch } from './batch-queries.ts';

export function useBatchWords(): { title(batch: Batch): string; about(batch: Batch): string } {
  const { t } = useWords();
  const { nameOf } = useProcessNames();
  const facilityName = useFacilityName();
  return {
    title: ({ kind, dryRun }) =>
      dryRun ? t('ops.batch.trial', { what: t(`ops.kind.${kind}`) }) : t(`ops.kind.${kind}`),
    about: ({ process, version, toVersion, facility, filter }) =>
      [
        process === undefined ? t('inbox.processAll') : nameOf(process),
        version !== undefined &&
          (toVersion === undefined
            ? t('definitions.version', { n: version })
            : t('ops.batch.versions', { from: version, to: toVersion })),
        facility === undefined ? undefined : facilityName(facility),
        filter?.element,
        filter?.ids && t('ops.batch.chosen', { n: filter.ids.length }),
      ]
        .filter(Boolean)
        .join(' · '),
  };
}
