/** A year's notice, from a file or pasted: first what it changes and for how many running instances, then the button that takes it in. */
import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { FieldProblems } from '../../../parts/field-problems.tsx';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { NoticeDiff } from './notice-diff.tsx';
import { type NoticeRead, readNotice } from './read-notice.ts';

export interface ImportNoticeProps {
  calendar: components['schemas']['WorkingCalendar'];
  taken(year: number): void;
}

export function ImportNotice({ calendar: { id }, taken }: ImportNoticeProps) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  /** The previewed notice: the button imports exactly this. */
  const [checked, setChecked] = useState<{ notice: NoticeRead; text: string }>();
  const [area, file] = [useId(), useId()];
  const post = (notice: NoticeRead, dryRun: boolean, key: string) =>
    bodyOf(
      api.POST('/api/calendars/{id}/notices', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: { ...notice, dryRun },
      }),
    );
  const check = useAct((notice: NoticeRead, key) => post(notice, true, key), { stale: [], onRefused: () => true });
  const take = useAct((notice: NoticeRead, key) => post(notice, false, key), {
    done: ({ calendar, running }) => t('calendar.taken', { version: calendar.version, n: running }),
    stale: ['calendars', 'calendar-year'],
    onDone: () => taken(checked?.notice.year ?? 0),
  });
  const look = () => {
    const notice = readNotice(text);
    setUnreadable(!notice);
    setChecked(notice && { notice, text });
    if (notice) check.mutate(notice);
  };
  const current = checked?.text === text && check.isSuccess ? checked : undefined;
  return (
    <section className="panel import" aria-label={t('calendar.import')}>
      <h2>{t('calendar.import')}</h2>
      <div className="note dialog-form">
        <label htmlFor={area}>{t('calendar.paste')}</label>
        <Input.TextArea
          id={area}
          rows={6}
          value={text}
          placeholder={t('calendar.example')}
          onChange={({ target }) => setText(target.value)}
        />
        <div className="row start">
          <label htmlFor={file}>{t('calendar.file')}</label>
          <input
            id={file}
            type="file"
            accept=".txt,.json,.csv,text/plain,application/json"
            onChange={({ target }) => void target.files?.[0]?.text().then(setText)}
          />
        </div>
        {unreadable && <Alert type="error" showIcon title={t('calendar.unreadable')} />}
        {check.error && <FieldProblems error={check.error} />}
        {current && check.data && <NoticeDiff notice={current.notice} answer={check.data} />}
      </div>
      <div className="acts wrap">
        <Button onClick={look} loading={check.isPending} disabled={text.trim() === ''}>
          {t('calendar.check')}
        </Button>
        <Button
          type="primary"
          disabled={!current}
          loading={take.isPending}
          onClick={() => current && take.mutate(current.notice)}
        >
          {t('calendar.take')}
        </Button>
        {!current && <span className="soft">{t('calendar.checkFirst')}</span>}
      </div>
    </section>
  );
}
