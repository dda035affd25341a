/**
 * A year's notice of holidays as people have it: the text of the notice (一、元旦：1月1日（周四）至3日（周六）放假…), lines of dates
 * (`2027-01-01 放假 元旦`), or the body of the API as JSON. What is wrong with it is said by the server.
 */
export interface NoticeRead {
  year: number;
  title: string;
  off: Record<string, string>;
  worked: Record<string, string>;
}

/** @returns undefined: no dates, or no year, were found in it */
export function readNotice(text: string): NoticeRead | undefined {
  const read = text.trimStart().startsWith('{') ? fromJson(text) : fromText(text);
  const dates = read && { ...read.off, ...read.worked };
  return dates && Object.keys(dates).length > 0 ? read : undefined;
}

function fromJson(text: string): NoticeRead | undefined {
  try {
    const { year, title, off, worked } = JSON.parse(text) as Partial<NoticeRead>;
    return { year: Number(year), title: String(title ?? ''), off: { ...off }, worked: { ...worked } };
  } catch {
    return undefined;
  }
}

const titlePattern = /^.*(\d{4})年.*节假日.*$/m;
const linePattern = /^(\d{4}-\d{2}-\d{2})[\s,，]+(放假|上班)[\s,，]*(.*)$/gm;
const holidayPattern = /^\s*[一二三四五六七八九十]+、([^：:]+)[：:](.+)$/gm;
const datePattern = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（[^）]*）|\([^)]*\))?/g;

function fromText(text: string): NoticeRead | undefined {
  const [, titleYear] = titlePattern.exec(text) ?? [];
  const lines = [...text.matchAll(linePattern)];
  const year = Number(titleYear ?? lines.at(-1)?.[1]?.slice(0, 4));
  if (!Number.isInteger(year)) return undefined;
  const title = titlePattern.exec(text)?.[0].trim() ?? '';
  const notice: NoticeRead = { year, title, off: {}, worked: {} };
  for (const [, date = '', kind, reason = ''] of lines)
    notice[kind === '放假' ? 'off' : 'worked'][date] = reason.trim() || (kind ?? '');
  for (const [, name = '', rest = ''] of text.matchAll(holidayPattern)) readHoliday(name.trim(), rest, notice);
  return notice;
}

/** One paragraph of the notice. Sentences end in 放假 or 上班; a month holds until another one is named. */
function readHoliday(name: string, text: string, notice: NoticeRead): void {
  let month = 0;
  for (const sentence of text.split(/[。；;]/)) {
    const worked = sentence.includes('上班');
    const part = worked ? sentence : sentence.slice(0, Math.max(0, sentence.indexOf('放假')));
    const days = [...part.matchAll(datePattern)].map((match) => {
      if (match[2] !== undefined) month = Number(match[2]);
      return {
        at: match.index,
        date: dateOf(Number(match[1] ?? notice.year), month, Number(match[3])),
        match: match[0],
      };
    });
    days.forEach(({ at, date, match }, index) => {
      const next = days[index + 1];
      const isRange = next && /^\s*[至—–-]\s*$/.test(part.slice(at + match.length, next.at));
      for (const one of isRange ? datesFrom(date, next.date) : [date])
        if (worked) notice.worked[one] = `${name}调休`;
        else notice.off[one] = name;
    });
  }
}

const dateOf = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function datesFrom(first: string, last: string): string[] {
  const dates: string[] = [];
  const end = Date.parse(last);
  for (let at = Date.parse(first); at <= end && dates.length < 60; at += 86_400_000)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}
