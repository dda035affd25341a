/** Deploys a version: shows the impact on running instances, takes a release note, and requests approval where money is affected. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { api, bodyOf, newIdempotencyKey, Refused } from '../../api/client.ts';
import { impactQuery } from '../../api/studio-queries.ts';
import type { Files } from '../../studio/files.ts';
import { useWords } from '../../words/index.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { useAct } from '../use-act.ts';
import { ImpactView } from './impact-view.tsx';
import './publish.css';

export interface PublishDialogProps {
  files: Files;
  /** Initial text of the note. */
  note?: string;
  close(): void;
  /** @param version the new one; undefined: approval was requested */
  published(key: string, version: number | undefined): void;
}

export function PublishDialog({ files, note: firstNote = '', close, published }: PublishDialogProps) {
  const { t } = useWords();
  const [opened] = useState(newIdempotencyKey);
  const impact = useQuery(impactQuery(opened, files));
  const [note, setNote] = useState(firstNote);
  const [needsSecond, setNeedsSecond] = useState<string[]>();
  const said = note.trim();
  const first = impact.data?.definitions[0];
  const publish = useAct(
    (_: undefined, key: string) =>
      bodyOf(
        api.POST('/api/definitions', {
          params: { header: { 'Idempotency-Key': key } },
          body: { ...files, note: said },
        }),
      ),
    {
      stale: ['definitions', 'profile'],
      done: t('publish.done'),
      onDone: ({ definitions }) => published(definitions[0]?.key ?? '', definitions[0]?.version),
      onRefused(error) {
        const elements = error instanceof Refused && error.problem?.code === 'second-person-needed' && moneyIn(error);
        if (!elements) return false;
        setNeedsSecond(elements);
        return true;
      },
    },
  );
  const propose = useAct(
    (_: undefined, key: string) =>
      bodyOf(
        api.POST('/api/proposals', {
          params: { header: { 'Idempotency-Key': key } },
          body: { act: 'POST /api/definitions', params: {}, body: { ...files, note: said }, reason: said },
        }),
      ),
    {
      stale: ['proposals'],
      done: t('publish.proposed'),
      onDone: () => published(first?.key ?? '', undefined),
    },
  );
  const unchanged = impact.data?.definitions.every(({ created }) => !created) === true;
  const ready = impact.data !== undefined && said !== '' && !unchanged;
  return (
    <Modal
      open
      width={640}
      title={t('publish.title')}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          {needsSecond ? (
            <Button type="primary" loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
              {t('publish.propose')}
            </Button>
          ) : (
            <Button
              type="primary"
              disabled={!ready}
              loading={publish.isPending}
              onClick={() => publish.mutate(undefined)}
            >
              {first ? t('publish.asVersion', { n: first.version }) : t('publish.do')}
            </Button>
          )}
        </>
      }
    >
      {impact.error && <ErrorNotice error={impact.error} retry={() => void impact.refetch()} />}
      {impact.isPending && <Skeleton active />}
      {unchanged && <Alert type="info" showIcon title={t('publish.unchanged')} />}
      {impact.data?.definitions.map((one) => (
        <ImpactView key={one.key} impact={one} />
      ))}
      <label className="strong" htmlFor="publish-note">
        {t('publish.note')}
      </label>
      <Input.TextArea
        id="publish-note"
        rows={3}
        maxLength={1000}
        placeholder={t('publish.noteHint')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {needsSecond && (
        <Alert
          type="warning"
          showIcon
          title={t('publish.second')}
          description={`${t('publish.secondHint')} ${needsSecond.join(', ')}`}
        />
      )}
    </Modal>
  );
}

function moneyIn({ problem }: Refused): string[] | undefined {
  const elements = (problem as { elements?: unknown } | undefined)?.elements;
  return Array.isArray(elements) ? elements.map(String) : [];
}
