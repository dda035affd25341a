/** State of the gateways: availability, and paused lanes. One row per audience. */
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { anyJson, rowSchema } from '../db/schema.ts';
import type { Audience, Lane } from './outbox.ts';

export interface LanePause {
  at: string;
  /** Response of the gateway. */
  code: string;
  message: string;
}

export interface GatewayState {
  _id: Audience;
  name: string;
  /** Since when it has been available or unavailable. */
  since: string;
  away?: { reason: string };
  /** Last check by a worker. */
  seenAt: string;
  /** Where a person can read what it has sent. */
  page?: string;
  paused: Partial<Record<Lane, LanePause>>;
}

const schema = rowSchema<GatewayState>({
  name: String,
  since: String,
  away: anyJson,
  seenAt: String,
  page: String,
  paused: anyJson,
});

export const GatewayStateModel = mongoose.model<GatewayState>('gatewayStates', schema, 'gatewayStates');

export async function noteGateway(
  audience: Audience,
  { name, page }: Pick<GatewayState, 'name' | 'page'>,
  away: string | undefined,
): Promise<void> {
  const now = (await databaseTime()).toISOString();
  const fresh = { since: now, paused: {} };
  await GatewayStateModel.updateOne({ _id: audience }, { $setOnInsert: fresh }, { upsert: true });
  await GatewayStateModel.updateOne(
    { _id: audience, away: { $exists: away === undefined } },
    {
      $set: { since: now, ...(away !== undefined && { away: { reason: away } }) },
      ...(away === undefined && { $unset: { away: '' } }),
    },
  );
  await GatewayStateModel.updateOne(
    { _id: audience },
    {
      $set: { name, seenAt: now, ...(page !== undefined && { page }) },
      ...(page === undefined && { $unset: { page: '' } }),
    },
  );
}

export async function pauseLane(audience: Audience, lane: Lane, code: string, message: string): Promise<void> {
  const at = (await databaseTime()).toISOString();
  await GatewayStateModel.updateOne(
    { _id: audience },
    { $set: { [`paused.${lane}`]: { at, code, message } } },
    { upsert: true },
  );
}

/** @returns false when it was not paused */
export async function resumeLane(audience: Audience, lane: Lane): Promise<boolean> {
  const { modifiedCount } = await GatewayStateModel.updateOne(
    { _id: audience, [`paused.${lane}`]: { $exists: true } },
    { $unset: { [`paused.${lane}`]: '' } },
  );
  return modifiedCount === 1;
}

export async function pausedLanes(audience: Audience): Promise<Lane[]> {
  const state = await GatewayStateModel.findById(audience).lean<GatewayState>();
  return Object.keys(state?.paused ?? {}) as Lane[];
}

/** As far as a worker has found. */
export async function isGatewayAway(audience: Audience): Promise<boolean> {
  return (await GatewayStateModel.exists({ _id: audience, away: { $exists: true } })) !== null;
}

export async function listGateways(): Promise<GatewayState[]> {
  return GatewayStateModel.find().sort({ _id: 1 }).lean<GatewayState[]>();
}
