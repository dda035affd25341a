/** What makes the time functions safe in workflow code: no host zone, no clock, no library in the bundle. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay } from '../../../engine/time/calendar.ts';
import { chinaCalendar } from '../../../engine/time/china.ts';
import { nextCycle } from '../../../engine/time/cycle.ts';
import { addDuration } from '../../../engine/time/duration.ts';
import { whyThisDate } from '../../../engine/time/why.ts';
import { instantOf, localDateTime } from '../../../engine/time/zone.ts';

const folder = new URL('../../../engine/time/', import.meta.url);
const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

describe('the time functions', () => {
  const hostZone = process.env.TZ;
  afterEach(() => {
    process.env.TZ = hostZone;
  });

  it.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'give the same results on a host in %s',
    (zone) => {
      const results = () => {
        const china = chinaCalendar();
        return [
          addWorkingDays(china, '2026-09-30T16:20:00+08:00', 3),
          whyThisDate(china, '2026-12-30', 3),
          isWorkingDay(china, '2027-02-06'),
          addDuration('2026-01-31T16:30:00Z', 'P1M', 'Asia/Shanghai'),
          nextCycle('0 0 9 * * MON', '2026-11-22T00:00:00Z', 'Europe/Berlin'),
          localDateTime('2026-07-01T00:00:00Z', 'America/New_York'),
          instantOf('2026-07-01T00:00', 'Europe/Berlin'),
        ];
      };
      process.env.TZ = 'UTC';
      const inUtc = results();
      process.env.TZ = zone;
      expect(new Date(0).getTimezoneOffset()).not.toBe(0);
      expect(results()).toEqual(inUtc);
    },
  );

  it('import nothing but each other, save the seed', () => {
    const imports = files
      .filter(({ name }) => name !== 'china.ts')
      .flatMap(({ name, text }) => [...text.matchAll(/from '([^']+)'/g)].map((match) => `${name}: ${match[1]}`));
    expect(imports.length).toBeGreaterThan(10);
    expect(
      imports.filter((line) => !/: \.\/[\w-]+\.ts$|: \.\.\/model\/plan\.ts$/.test(line) || line.endsWith('/china.ts')),
    ).toEqual([]);
  });

  it('never ask for the time of the host', () => {
    expect(
      files.filter(({ text }) => /Date\.now|new Date\(\)|performance\./.test(text)).map(({ name }) => name),
    ).toEqual([]);
  });
});
