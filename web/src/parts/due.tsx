/** A due date: how much time is left, when exactly, and a bar of how much of it is used. */
import { useContext, useEffect, useState } from 'react';
import type { Task } from '../api/client.ts';
import { type Translate, useWords } from '../words/index.ts';
import { bandOf } from './due-band.ts';
import { ProcessClock, processTimeOf } from './process-clock.ts';
import { instantInWords, remainingUntil } from './time.ts';
import { useZone } from './zone.ts';

const minuteMs = 60_000;

/** The current time of the process, again every minute. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs);
    return () => clearInterval(timer);
  }, []);
  return processTimeOf(useContext(ProcessClock), now);
}

interface DueProps {
  since: string;
  dueAt: string | undefined;
  facility: string;
  /** As the server has worked it out: in working time where the date is counted so. */
  remaining?: Task['remaining'] | undefined;
}

export function Due({ since, dueAt, facility, remaining }: DueProps) {
  const { t, language, pick } = useWords();
  const now = useNow();
  const zone = useZone(facility);
  if (dueAt === undefined) return <span className="soft">{t('due.none')}</span>;
  const { band, share } = remaining ?? bandOf(since, dueAt, now);
  return (
    <div className={`due ${band}`}>
      <b>{remaining ? pick(remaining.words) : remainingInWords(dueAt, now, t)}</b>
      <time dateTime={dueAt}>{instantInWords(dueAt, { language, zone })}</time>
      <progress max={1} value={share} aria-hidden="true" />
    </div>
  );
}

/** How much time is left, where the date itself stands beside it. */
export function TimeLeft({ since, dueAt }: { since: string; dueAt: string }) {
  const { t } = useWords();
  const now = useNow();
  return (
    <span className={bandOf(since, dueAt, now).band}>
      <b>{remainingInWords(dueAt, now, t)}</b>
    </span>
  );
}

const remainingKeys = {
  days: ['due.leftDays', 'due.lateDays'],
  hours: ['due.leftHours', 'due.lateHours'],
  minutes: ['due.leftMinutes', 'due.lateMinutes'],
} as const;

function remainingInWords(dueAt: string, now: number, t: Translate): string {
  const { late, unit, n } = remainingUntil(dueAt, now);
  return t(remainingKeys[unit][late ? 1 : 0], { n });
}
