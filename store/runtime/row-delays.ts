/** Projection lag: the delay between a step and the write of its row. */
import { InstanceModel } from './instances.ts';

export interface RowDelays {
  count: number;
  medianMs?: number;
  mostMs?: number;
  writtenAt?: string;
}

const looked = 200;

/** Of the rows written last, without instances in accelerated process time. */
export async function rowDelays(): Promise<RowDelays> {
  const rows = await InstanceModel.find({}, { updatedAt: 1, writtenAt: 1, speed: 1 })
    .sort({ writtenAt: -1 })
    .limit(looked)
    .lean<{ updatedAt: string; writtenAt?: number; speed: number }[]>();
  const delays = rows
    .flatMap(({ updatedAt, writtenAt, speed }) =>
      speed === 1 && writtenAt !== undefined ? [Math.max(0, writtenAt - Date.parse(updatedAt))] : [],
    )
    .sort((a, b) => a - b);
  const [newest] = rows;
  return {
    count: delays.length,
    ...(delays.length > 0 && { medianMs: delays[Math.floor(delays.length / 2)] ?? 0, mostMs: delays.at(-1) ?? 0 }),
    ...(newest?.writtenAt !== undefined && { writtenAt: new Date(newest.writtenAt).toISOString() }),
  };
}
