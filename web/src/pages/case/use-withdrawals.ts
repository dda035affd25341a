/** Withdrawn files as lines of the timeline. They are no steps of the process, so its journal does not have them. */
import { useQuery } from '@tanstack/react-query';
import type { OneInstance } from '../../api/client.ts';
import { instanceFilesQuery } from '../../parts/files/file-queries.ts';
import { useNames } from '../../parts/people.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import type { TimelineLine } from './timeline-line.ts';

export function useWithdrawals(instance: OneInstance): TimelineLine[] {
  const { t, language } = useWords();
  const zone = useZone(instance.facility);
  const items = useQuery(instanceFilesQuery(instance.id, instance.updatedAt)).data?.items ?? [];
  const nameOf = useNames(items.flatMap(({ uploadedBy, withdrawn }) => (withdrawn ? [withdrawn.by, uploadedBy] : [])));
  return items.flatMap(({ id, uploadedBy, uploadedAt, withdrawn }) =>
    withdrawn
      ? {
          key: id,
          at: withdrawn.at,
          topic: 'change',
          isBad: false,
          words: t('files.withdrawal', {
            name: nameOf(withdrawn.by),
            uploader: nameOf(uploadedBy),
            time: instantInWords(uploadedAt, { language, zone }),
            reason: withdrawn.reason,
          }),
        }
      : [],
  );
}
