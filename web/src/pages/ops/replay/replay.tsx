/** An instance from its first step to its last, line by line of its journal, over the diagram it ran by. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Skeleton, Slider } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Instance, JournalLine } from '../../../api/client.ts';
import { instanceQuery, journalQuery } from '../../../api/queries.ts';
import { useDiagram } from '../../../bpmn/use-diagram.ts';
import { casePath } from '../../../parts/case-path.ts';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { instantInWords } from '../../../parts/time.ts';
import { useZone } from '../../../parts/zone.ts';
import { useWords } from '../../../words/index.ts';
import { TemporalLink } from '../temporal-link.tsx';
import { positionAt } from './marks-at.ts';

const Diagram = lazy(async () => ({ default: (await import('../../../bpmn/diagram.tsx')).Diagram }));
const stepMs = 700;

export function ReplayPage() {
  const { t } = useWords();
  const id = useParams()['*'] ?? '';
  const instance = useQuery(instanceQuery(id));
  const journal = useInfiniteQuery(journalQuery(id, instance.data?.updatedAt ?? ''));
  const { hasNextPage, isFetching, fetchNextPage } = journal;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const lines = useMemo(() => journal.data?.pages.flatMap((page) => page.items) ?? [], [journal.data]);
  const error = instance.error ?? journal.error;
  if (error) return <ErrorNotice error={error} />;
  if (!instance.data || journal.isPending || hasNextPage) return <Skeleton active />;
  return (
    <>
      <div className="heading">
        <h1>{t('ops.replay.title', { name: instance.data.title })}</h1>
        <Link to={casePath(id)}>{instance.data.businessKey}</Link>
        <TemporalLink instance={id} />
      </div>
      {lines.length === 0 ? (
        <Empty title={t('case.timelineEmpty')} />
      ) : (
        <Replay instance={instance.data} lines={lines} />
      )}
    </>
  );
}

function Replay({ instance, lines }: { instance: Instance; lines: JournalLine[] }) {
  const { t, language } = useWords();
  const zone = useZone(instance.facility);
  const [upTo, setUpTo] = useState(1);
  const [playing, setPlaying] = useState(false);
  const last = lines.length;
  useEffect(() => {
    if (!playing) return;
    if (upTo >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => setUpTo(upTo + 1), stepMs);
    return () => clearTimeout(timer);
  }, [playing, upTo, last]);
  const { marks, version } = useMemo(
    () => positionAt(lines, upTo, instance.definition),
    [lines, upTo, instance.definition],
  );
  const diagram = useDiagram(instance.definition.key, version);
  const line = lines[upTo - 1];
  const move = (to: number) => {
    setPlaying(false);
    setUpTo(Math.max(1, Math.min(last, to)));
  };
  return (
    <>
      <section className="panel replay">
        <div className="replay-acts">
          <Button
            onClick={() => {
              if (!playing && upTo >= last) setUpTo(1);
              setPlaying(!playing);
            }}
          >
            {playing ? t('ops.batch.stop') : t('ops.replay.play')}
          </Button>
          <Button disabled={upTo <= 1} onClick={() => move(upTo - 1)}>
            {t('ops.replay.back')}
          </Button>
          <Button disabled={upTo >= last} onClick={() => move(upTo + 1)}>
            {t('ops.replay.next')}
          </Button>
          <Slider
            className="grow"
            min={1}
            max={last}
            value={upTo}
            onChange={move}
            ariaLabelForHandle={t('ops.replay.slider')}
            tooltip={{ open: false }}
          />
          <span className="soft">
            {upTo} / {last}
          </span>
        </div>
        {line && (
          <p aria-live={playing ? 'off' : 'polite'}>
            <time className="soft" dateTime={line.at}>
              {instantInWords(line.at, { language, zone, seconds: true })}
            </time>{' '}
            {line.elementName && <span className="strong">{t('common.about', { what: line.elementName })}</span>}
            {line[language]} <span className="soft">{t('definitions.version', { n: version })}</span>
          </p>
        )}
      </section>
      <section className="panel tall heat">
        {diagram.error && <ErrorNotice error={diagram.error} />}
        <Suspense fallback={<Skeleton active />}>
          {diagram.data && <Diagram xml={diagram.data} marks={marks} />}
        </Suspense>
      </section>
    </>
  );
}
