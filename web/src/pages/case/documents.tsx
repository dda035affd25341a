/** The files of an instance, from forms and added here, and where more are added. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OneInstance } from '../../api/client.ts';
import { AddFiles } from '../../parts/files/add-files.tsx';
import { FileItem } from '../../parts/files/file-item.tsx';
import { instanceFilesQuery } from '../../parts/files/file-queries.ts';
import { RunningItem } from '../../parts/files/running-item.tsx';
import { useUploads } from '../../parts/files/use-uploads.ts';
import { useNames } from '../../parts/people.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import { WithdrawFile } from './withdraw-file.tsx';
import '../../styles/files.css';

export function Documents({ instance }: { instance: OneInstance }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const zone = useZone(instance.facility);
  const all = useQuery(instanceFilesQuery(instance.id, instance.updatedAt)).data?.items ?? [];
  const items = all.filter(({ withdrawn }) => !withdrawn);
  const nameOf = useNames(items.map(({ uploadedBy }) => uploadedBy));
  const uploads = useUploads({ instance: instance.id }, () => {
    void client.invalidateQueries({ queryKey: ['instance-files', instance.id] });
  });
  const { running } = uploads;
  return (
    <section className="panel documents" aria-label={t('files.title')}>
      <h2>{t('files.title')}</h2>
      {items.length + running.length > 0 && (
        <ul className="files">
          {items.map((file) => (
            <FileItem
              key={file.id}
              file={file}
              note={t('files.uploaded', {
                name: nameOf(file.uploadedBy),
                time: instantInWords(file.uploadedAt, { language, zone }),
              })}
              act={file.withdrawable && <WithdrawFile file={file} />}
            />
          ))}
          {running.map((one) => (
            <RunningItem key={one.key} one={one} uploads={uploads} />
          ))}
        </ul>
      )}
      <AddFiles multiple add={uploads.add} />
    </section>
  );
}
