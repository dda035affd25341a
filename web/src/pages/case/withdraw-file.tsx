/** Takes back a file that was attached by mistake, with a reason that stays in the timeline. */
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import type { FileInfo } from '../../parts/files/upload.ts';
import { useAct } from '../../parts/use-act.ts';
import { useWords } from '../../words/index.ts';

const ReasonDialog = lazy(async () => ({ default: (await import('../../parts/reason-dialog.tsx')).ReasonDialog }));

export function WithdrawFile({ file }: { file: FileInfo }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const act = useAct(
    (reason: string, key: string) =>
      bodyOf(
        api.POST('/api/files/{id}/withdraw', {
          params: { path: { id: file.id }, header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    { done: t('files.withdrawDone'), stale: ['instance-files', 'file'], onDone: () => setAsking(false) },
  );
  return (
    <>
      <Button size="small" type="text" onClick={() => setAsking(true)} aria-label={t('files.withdrawOne', file)}>
        {t('files.withdraw')}
      </Button>
      {asking && (
        <Suspense>
          <ReasonDialog
            title={t('files.withdrawOne', file)}
            hint={t('files.withdrawHint')}
            busy={act.isPending}
            close={() => setAsking(false)}
            confirm={(reason) => act.mutate(reason)}
          />
        </Suspense>
      )}
    </>
  );
}
