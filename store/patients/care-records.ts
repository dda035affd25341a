/** Visits, purchases and appointments from events: each by its own number; the later event wins. */
import mongoose from 'mongoose';
import { isDuplicateKey, rowSchema } from '../db/schema.ts';
import type { AppointmentKind, HospitalEvent, TreatmentKind, VisitKind } from './hospital-events.ts';

interface CareRecord {
  /** `<facility>/<number>`: numbers are unique per facility. */
  _id: string;
  facility: string;
  patient: string;
  episode?: string;
  sequence: number;
}

export interface Visit extends CareRecord {
  kind: VisitKind;
  at: string;
  /** Date in the facility's zone. */
  on: string;
  department: string;
  consultedBy?: string;
  doctor?: string;
}

export interface Purchase extends CareRecord {
  item?: string;
  kind?: TreatmentKind;
  at?: string;
  amountCents?: number;
  refundedCents?: number;
}

export interface Appointment extends CareRecord {
  what?: AppointmentKind;
  plannedOn?: string;
  status: 'booked' | 'cancelled' | 'no-show';
}

const common = { facility: String, patient: String, episode: String, sequence: Number };
const visits = rowSchema<Visit>({
  ...common,
  kind: String,
  at: String,
  on: String,
  department: String,
  consultedBy: String,
  doctor: String,
});
const purchases = rowSchema<Purchase>({
  ...common,
  item: String,
  kind: String,
  at: String,
  amountCents: Number,
  refundedCents: Number,
});
const appointments = rowSchema<Appointment>({ ...common, what: String, plannedOn: String, status: String });
visits.index({ patient: 1, at: -1 });
purchases.index({ patient: 1, at: -1 });
appointments.index({ patient: 1, plannedOn: -1 });

export const VisitModel = mongoose.model<Visit>('visits', visits, 'visits');
export const PurchaseModel = mongoose.model<Purchase>('purchases', purchases, 'purchases');
export const AppointmentModel = mongoose.model<Appointment>('appointments', appointments, 'appointments');

/** The visit, purchase or appointment an event updates. */
export interface CareUpdate {
  model: mongoose.Model<CareRecord>;
  number: string;
  fields: Record<string, unknown>;
}

export function updateOf({ occurrence, occurredAt: at, on }: HospitalEvent): CareUpdate | undefined {
  const about = <R extends CareRecord>(model: mongoose.Model<R>, number: string, fields: Partial<R>): CareUpdate => ({
    model: model as unknown as mongoose.Model<CareRecord>,
    number,
    fields,
  });
  switch (occurrence.type) {
    case 'visited': {
      const { visit, kind, department, consultedBy, doctor } = occurrence;
      return about(VisitModel, visit, {
        kind,
        at,
        on,
        department,
        ...(consultedBy !== undefined && { consultedBy }),
        ...(doctor !== undefined && { doctor }),
      });
    }
    case 'operated':
      return about(VisitModel, occurrence.operation, { kind: 'surgery', at, on, department: occurrence.department });
    case 'treated':
      return about(VisitModel, occurrence.visit, { kind: 'treatment', at, on, department: occurrence.department });
    case 'purchased': {
      const { order, item, kind, amountCents } = occurrence;
      return about(PurchaseModel, order, { item, kind, at, amountCents });
    }
    case 'refunded':
      return about(PurchaseModel, occurrence.order, { refundedCents: occurrence.amountCents });
    case 'booked': {
      const { appointment, what, plannedOn } = occurrence;
      return about(AppointmentModel, appointment, { what, plannedOn, status: 'booked' });
    }
    case 'moved':
      if (occurrence.appointment === undefined) return undefined;
      return about(AppointmentModel, occurrence.appointment, { plannedOn: occurrence.to, status: 'booked' });
    case 'cancelled':
      return about(AppointmentModel, occurrence.appointment, { status: 'cancelled' });
    case 'noShow':
      return about(AppointmentModel, occurrence.appointment, { status: 'no-show' });
    default:
      return undefined;
  }
}

export const recordId = ({ facility }: HospitalEvent, number: string): string => `${facility}/${number}`;

/**
 * Applies an event to a visit, purchase or appointment. Idempotent.
 * @returns false when the record belongs to another patient; it is left unchanged
 */
export async function recordCare(event: HospitalEvent): Promise<boolean> {
  const update = updateOf(event);
  return update === undefined || (await write(update, event));
}

/** Those whose visit, purchase or appointment belongs to another patient. */
export async function aboutRecordsOfOthers(events: readonly HospitalEvent[]): Promise<HospitalEvent[]> {
  const updates = events.flatMap((event) => {
    const update = updateOf(event);
    return update ? [{ event, model: update.model, _id: recordId(event, update.number) }] : [];
  });
  const found = await Promise.all(
    [...new Set(updates.map(({ model }) => model))].map(async (model) => {
      const ids = updates.filter((one) => one.model === model).map(({ _id }) => _id);
      const rows = await model
        .find({ _id: { $in: ids } }, { patient: 1 })
        .lean<Pick<CareRecord, '_id' | 'patient'>[]>();
      return [model, new Map(rows.map(({ _id, patient }) => [_id, patient]))] as const;
    }),
  );
  const ownersIn = new Map(found);
  return updates.flatMap(({ event, model, _id }) => {
    const owner = ownersIn.get(model)?.get(_id);
    return owner !== undefined && owner !== event.patient ? [event] : [];
  });
}

/** Whether the visit, purchase or appointment of an event belongs to another patient. */
export const isRecordOfOther = async (event: HospitalEvent): Promise<boolean> =>
  (await aboutRecordsOfOthers([event])).length > 0;

/** Field by field the later event wins; fields set only by an earlier event are kept, in any order of arrival. */
async function write({ model, number, fields }: CareUpdate, event: HospitalEvent): Promise<boolean> {
  const { facility, patient, episode, sequence } = event;
  const row = { facility, ...(episode !== undefined && { episode }), ...fields };
  const newer = [
    {
      $set: {
        sequence: { $max: ['$sequence', sequence] },
        ...Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            {
              $cond: [
                { $gte: [sequence, { $ifNull: ['$sequence', -1] }] },
                { $literal: value },
                { $ifNull: [`$${name}`, { $literal: value }] },
              ],
            },
          ]),
        ),
      },
    },
  ];
  const filter = { _id: recordId(event, number), patient };
  const upsert = () => model.collection.updateOne(filter as never, newer as never, { upsert: true });
  try {
    await upsert();
    return true;
  } catch (error) {
    // Two concurrent events of a new record.
    if (!isDuplicateKey(error)) throw error;
    if (await isRecordOfOther(event)) return false;
    await upsert();
    return true;
  }
}

const most = 200;

export interface CareOfPatient {
  visits: Visit[];
  purchases: Purchase[];
  appointments: Appointment[];
}

/** Newest first, at most 200 of each. */
export async function careOf(patient: string): Promise<CareOfPatient> {
  const [visitsFound, purchasesFound, appointmentsFound] = await Promise.all([
    VisitModel.find({ patient }).sort({ at: -1 }).limit(most).lean<Visit[]>(),
    PurchaseModel.find({ patient }).sort({ at: -1 }).limit(most).lean<Purchase[]>(),
    AppointmentModel.find({ patient }).sort({ plannedOn: -1 }).limit(most).lean<Appointment[]>(),
  ]);
  return { visits: visitsFound, purchases: purchasesFound, appointments: appointmentsFound };
}
