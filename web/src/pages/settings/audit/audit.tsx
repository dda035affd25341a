/** The audit trail: who read or did what, when, from where, and what came of it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { components } from '../../../../generated/api.d.ts';
import { auditQuery } from '../../../api/settings-queries.ts';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice, useErrorWords } from '../../../parts/error-notice.tsx';
import { LoadMore } from '../../../parts/load-more.tsx';
import { useNames } from '../../../parts/people.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useFacilityName } from '../../../parts/zone.ts';
import { useWords } from '../../../words/index.ts';
import { exportAudit } from './audit-export.ts';
import { AuditFilterBar, useAuditFilters } from './audit-filters.tsx';

type Entry = components['schemas']['AuditEntry'];

export function Audit() {
  const { t } = useWords();
  const filters = useAuditFilters();
  const [, setSearch] = useSearchParams();
  const list = useInfiniteQuery(auditQuery(filters));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = useNames(items.map(({ who }) => who));
  const filtered = Object.keys(filters).length > 0;
  return (
    <>
      <div className="heading">
        <h1>{t('settings.page.audit')}</h1>
        <span className="spring" />
        {filtered && <Button onClick={() => setSearch({})}>{t('common.clear')}</Button>}
        <Button onClick={() => void list.refetch()} loading={list.isFetching}>
          {t('audit.refresh')}
        </Button>
        <ExportButton />
      </div>
      <AuditFilterBar />
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Empty title={t('audit.empty')} hint={t('audit.emptyHint')} />}
      {items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        <section className="grid" tabIndex={0} aria-label={t('settings.page.audit')}>
          <ul className="plain audit">
            {items.map((entry) => (
              <AuditLine
                key={entry.id}
                entry={entry}
                name={entry.who === null ? t('audit.nobody') : nameOf(entry.who)}
              />
            ))}
          </ul>
          <LoadMore list={list} />
        </section>
      )}
    </>
  );
}

const tagOf = { done: 'tag met', refused: 'tag warn', failed: 'tag bad' } as const;

function AuditLine({ entry, name }: { entry: Entry; name: string }) {
  const { t, language, pick } = useWords();
  const facilityName = useFacilityName();
  const { at, who, from, act, words, what, facility, result, details, requestId } = entry;
  return (
    <li>
      <div className="audit-line">
        <time dateTime={at}>{instantInWords(at, { language, seconds: true })}</time>
        <span className="strong">
          {name} {who !== null && who !== name && <span className="soft">{who}</span>}
        </span>
        <span className={tagOf[result]}>{t(`audit.result.${result}`)}</span>
        <span>{pick(words)}</span>
        <span className="audit-what">
          {what.kind}
          {what.id !== undefined && ` · ${what.id}`}
          {facility !== null && ` · ${facilityName(facility)}`}
        </span>
      </div>
      <details>
        <summary>{t('audit.details')}</summary>
        <p className="soft">
          <code>{act}</code> · {t('session.from', { address: from })} · {t('common.requestId', { id: requestId })}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
        <pre tabIndex={0}>{JSON.stringify(details, null, 1)}</pre>
      </details>
    </li>
  );
}

function ExportButton() {
  const { t } = useWords();
  const filters = useAuditFilters();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const { rows, cut } = await exportAudit(filters, [
        t('audit.when'),
        t('audit.who'),
        t('audit.result'),
        t('audit.act'),
        t('audit.kind'),
        t('audit.what'),
        t('column.facility'),
        t('audit.address'),
        t('audit.details'),
      ]);
      void message.success(cut ? t('audit.exportCut', { n: rows }) : t('audit.exported', { n: rows }));
    } catch (error) {
      void message.error(wordsOf(error).title);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} onClick={() => void run()}>
      {t('common.export')}
    </Button>
  );
}
