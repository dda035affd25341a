/** Time zones of FEEL times: a fixed offset or an IANA zone. The host's own zone plays no part. */
import { instantMsOfLocal, offsetAt } from '../time/zone.ts';

export type Zone = { offset: number } | { id: string };

const maxOffset = 18 * 3600;

/** @param text `Z`, `+08:00`, `@Asia/Shanghai` or nothing @returns undefined where there is no such zone */
export function parseZone(text: string): Zone | null | undefined {
  if (text === '') return null;
  if (text === 'Z' || text === 'z') return { offset: 0 };
  if (text.startsWith('@')) {
    const id = text.slice(1);
    if (id === 'Z' || id === 'UTC' || id === 'Etc/UTC') return { id };
    if (!/^[A-Za-z][\w+/-]*$/.test(id)) return undefined;
    try {
      offsetAt(0, id);
      return { id };
    } catch {
      return undefined;
    }
  }
  const match = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, hours, minutes, seconds = '0'] = match;
  if (+minutes! > 59 || +seconds > 59) return undefined;
  return zoneOfOffset((sign === '-' ? -1 : 1) * (+hours! * 3600 + +minutes! * 60 + +seconds));
}

export function zoneOfOffset(offset: number): Zone | undefined {
  return Math.abs(offset) <= maxOffset ? { offset } : undefined;
}

export function zoneText(zone: Zone | null): string {
  if (!zone) return '';
  if ('id' in zone) return `@${zone.id}`;
  if (zone.offset === 0) return 'Z';
  const size = Math.abs(zone.offset);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const seconds = size % 60 ? `:${two(size % 60)}` : '';
  return `${zone.offset < 0 ? '-' : '+'}${two(size / 3600)}:${two((size / 60) % 60)}${seconds}`;
}

/** Milliseconds; beyond what a formatter can tell, the nearest it can (years 1 to 9999). */
function nearestFormattable(nanos: bigint): number {
  const ms = Number(nanos / 1_000_000n);
  return Math.max(-62_135_424_000_000, Math.min(ms, 253_402_128_000_000));
}

/** @param local nanoseconds on the local clock since 1970-01-01T00:00 */
export function offsetSecondsAt(zone: Zone, local: bigint): number {
  if ('offset' in zone) return zone.offset;
  if (zone.id === 'Z' || zone.id === 'UTC' || zone.id === 'Etc/UTC') return 0;
  const nearest = nearestFormattable(local);
  return Math.round((nearest - instantMsOfLocal(nearest, zone.id)) / 1000);
}

/** Offset of an instant, seconds east of UTC. */
export function offsetSecondsOfInstant(zone: Zone, instant: bigint): number {
  if ('offset' in zone) return zone.offset;
  if (zone.id === 'Z') return 0;
  return Math.round(offsetAt(nearestFormattable(instant), zone.id) / 1000);
}
