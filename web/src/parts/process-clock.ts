/** The clock of one process: that of a drill runs faster than time, or was put forward. */
import { createContext } from 'react';

export interface ClockReading {
  /** Process time when it was read (ISO 8601). */
  at: string;
  /** Real time then, in milliseconds. */
  readAt: number;
  /** Process seconds per real second. */
  speed: number;
}

/** Process time in milliseconds; without a reading it is real time. */
export const processTimeOf = (reading: ClockReading | undefined, realMs: number): number =>
  reading === undefined ? realMs : Date.parse(reading.at) + (realMs - reading.readAt) * reading.speed;

/** Within the page of one instance: its clock. Lists of many have none. */
export const ProcessClock = createContext<ClockReading | undefined>(undefined);
