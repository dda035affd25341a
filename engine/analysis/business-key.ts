/** A business key by the pattern of its process: all of it but the serial, which is allocated (store/runtime/business-keys.ts). */
import type { KeyPart } from '../model/plan.ts';
import { localDate } from '../time/zone.ts';

export interface KeyFrame {
  /** Serials are counted per prefix, the text before them. */
  before: string;
  /** Absent: the pattern has no serial, and `before` is the whole key. */
  digits?: number;
  after: string;
}

/** @param start facility code, ISO instant of the start, IANA zone of the facility */
export function keyFrame(pattern: readonly KeyPart[], start: { facility: string; at: string; zone: string }): KeyFrame {
  const date = localDate(start.at, start.zone);
  const dateFields = { yyyy: date.slice(0, 4), yy: date.slice(2, 4), MM: date.slice(5, 7), dd: date.slice(8, 10) };
  const frame: KeyFrame = { before: '', after: '' };
  for (const part of pattern) {
    if (part.kind === 'serial') frame.digits = part.digits;
    else {
      const text =
        part.kind === 'text' ? part.text : part.kind === 'facility' ? start.facility : dateFields[part.field];
      frame[frame.digits === undefined ? 'before' : 'after'] += text;
    }
  }
  return frame;
}

/** A serial with more digits than the pattern has simply makes a longer key. */
export const keyOf = ({ before, digits = 0, after }: KeyFrame, serial: number): string =>
  `${before}${String(serial).padStart(digits, '0')}${after}`;
