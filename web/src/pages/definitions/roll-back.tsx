/** Going back to a version: its files are published again, as the newest one. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Definition } from '../../api/client.ts';
import { filesQuery } from '../../api/studio-queries.ts';
import { PublishDialog } from '../../parts/publish/publish-dialog.tsx';
import { useWords } from '../../words/index.ts';

export function RollBack({ definition, close }: { definition: Definition; close(): void }) {
  const { t } = useWords();
  const go = useNavigate();
  const { key, version } = definition;
  const files = useQuery(filesQuery(key, version));
  if (!files.data) return null;
  return (
    <PublishDialog
      files={files.data}
      note={t('definitions.rollBackNote', { n: version })}
      close={close}
      published={() => {
        close();
        void go(`/definitions/${key}`);
      }}
    />
  );
}
