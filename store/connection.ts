/** The one connection to the database: acknowledged by the majority and on disk, indexes made once at connect. */
import mongoose from 'mongoose';
import { AccessLogModel } from './access-log.ts';
import { BatchItemModel, BatchModel } from './batches.ts';
import { CalendarModel } from './calendars.ts';
import { CaseNumberModel } from './case-numbers.ts';
import { ComplaintModel } from './complaints.ts';
import { ConditionCheckModel } from './condition-checks.ts';
import { DefinitionModel } from './definitions.ts';
import { FacilityModel } from './facilities.ts';
import { InstanceModel } from './instances.ts';
import { JobTypeModel } from './job-types.ts';
import { JournalModel } from './journal.ts';
import { LookedModel } from './looked.ts';
import { MessageChannelModel } from './message-channels.ts';
import { MessageModel } from './message-rows.ts';
import { OutboxModel } from './outbox.ts';
import { PaymentModel } from './payments.ts';
import { RefundModel } from './refunds.ts';
import { RuleSetModel } from './rule-sets.ts';
import { ScheduleJournalModel, ScheduleModel } from './schedules.ts';
import { SessionModel } from './sessions.ts';
import { SignalModel } from './signals.ts';
import { StaffModel } from './staff.ts';
import { TaskModel } from './tasks.ts';

const models = [
  AccessLogModel,
  CalendarModel,
  CaseNumberModel,
  ComplaintModel,
  ConditionCheckModel,
  DefinitionModel,
  FacilityModel,
  InstanceModel,
  JobTypeModel,
  JournalModel,
  BatchItemModel,
  BatchModel,
  LookedModel,
  MessageChannelModel,
  MessageModel,
  OutboxModel,
  PaymentModel,
  RefundModel,
  RuleSetModel,
  ScheduleJournalModel,
  ScheduleModel,
  SessionModel,
  SignalModel,
  StaffModel,
  TaskModel,
];

export interface StoreOptions {
  /** How long an operation looks for the server before it fails, in milliseconds (5000). */
  patienceMs?: number;
}

/**
 * Connects and makes the indexes. Once connected, the driver finds the server again by itself after an outage; operations
 * meanwhile fail instead of waiting in a queue.
 * @param uri MongoDB connection string with the database's name
 * @throws when the server is away; calling again is safe
 */
export async function connectStore(uri: string, options: StoreOptions = {}): Promise<void> {
  await mongoose.connect(uri, {
    writeConcern: { w: 'majority', journal: true },
    serverSelectionTimeoutMS: options.patienceMs ?? 5000,
    maxPoolSize: 20,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  });
  await Promise.all(models.map((model) => model.createIndexes()));
}

export async function disconnectStore(): Promise<void> {
  await mongoose.disconnect();
}

/** Throws when the database does not answer. */
export async function pingStore(): Promise<void> {
  const database = mongoose.connection.db;
  if (!database) throw new Error('There is no connection to the database yet.');
  await database.command({ ping: 1 });
}
