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

/** Applies an event to a visit, purchase or appointment. Idempotent. */
export async function recordCare(event: HospitalEvent): Promise<void> {
  const { occurrence, occurredAt: at, on } = event;
  switch (occurrence.type) {
    case 'visited': {
      const { visit, kind, department, consultedBy, doctor } = occurrence;
      return write(VisitModel, event, visit, {
        kind,
        at,
        on,
        department,
        ...(consultedBy !== undefined && { consultedBy }),
        ...(doctor !== undefined && { doctor }),
      });
    }
    case 'operated':
      return write(VisitModel, event, occurrence.operation, {
        kind: 'surgery',
        at,
        on,
        department: occurrence.department,
      });
    case 'treated':
      return write(VisitModel, event, occurrence.visit, {
        kind: 'treatment',
        at,
        on,
        department: occurrence.department,
      });
    case 'purchased': {
      const { order, item, kind, amountCents } = occurrence;
      return write(PurchaseModel, event, order, { item, kind, at, amountCents });
    }
    case 'refunded':
      return write(PurchaseModel, event, occurrence.order, { refundedCents: occurrence.amountCents });
    case 'booked': {
      const { appointment, what, plannedOn } = occurrence;
      return write(AppointmentModel, event, appointment, { what, plannedOn, status: 'booked' });
    }
    case 'moved':
      if (occurrence.appointment === undefined) return;
      return write(AppointmentModel, event, occurrence.appointment, { plannedOn: occurrence.to, status: 'booked' });
    case 'cancelled':
      return write(AppointmentModel, event, occurrence.appointment, { status: 'cancelled' });
    case 'noShow':
      return write(AppointmentModel, event, occurrence.appointment, { status: 'no-show' });
    default:
      return;
  }
}

/** Field by field the later event wins; fields set only by an earlier event are kept, in any order of arrival. */
async function write<R extends CareRecord>(
  model: mongoose.Model<R>,
  { facility, patient, episode, sequence }: HospitalEvent,
  number: string,
  fields: Partial<R>,
): Promise<void> {
  const row = { facility, patient, ...(episode !== undefined && { episode }), ...fields };
  const _id = `${facility}/${number}`;
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
  const upsert = () => model.collection.updateOne({ _id } as never, newer as never, { upsert: true });
  try {
    await upsert();
  } catch (error) {
    // Two concurrent events of a new record.
    if (!isDuplicateKey(error)) throw error;
    await upsert();
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
