/** The database connection: majority-acknowledged, journaled writes; indexes created at connect. */
import mongoose from 'mongoose';
import { AuditModel } from '../audit/entries.ts';
import { flushAudit } from '../audit/record.ts';
import { DefinitionModel } from '../definitions/definitions.ts';
import { DrawingModel } from '../definitions/drawings.ts';
import { JobTypeModel } from '../definitions/job-types.ts';
import { ChunkModel, ContentModel } from '../files/contents.ts';
import { FileModel } from '../files/files.ts';
import { DeliveryWatermarkModel } from '../messaging/delivery-watermark.ts';
import { GatewayStateModel } from '../messaging/gateway-states.ts';
import { MessageChannelModel } from '../messaging/message-channels.ts';
import { MessageModel } from '../messaging/message-rows.ts';
import { OutboxModel } from '../messaging/outbox.ts';
import { ReconciliationModel } from '../messaging/reconciliations.ts';
import { PatientReplyModel } from '../messaging/replies.ts';
import { SignalModel } from '../messaging/signals.ts';
import { CalendarModel } from '../organisation/calendars.ts';
import { FacilityModel } from '../organisation/facilities.ts';
import { LoginAttemptModel } from '../organisation/login-attempts.ts';
import { PasswordLinkModel } from '../organisation/password-links.ts';
import { OrganisationRevisionModel } from '../organisation/revision.ts';
import { RoleModel } from '../organisation/roles.ts';
import { RuleNameModel } from '../organisation/rule-names.ts';
import { RuleSetModel } from '../organisation/rule-sets.ts';
import { SessionModel } from '../organisation/sessions.ts';
import { StaffModel } from '../organisation/staff.ts';
import { SubstituteModel } from '../organisation/substitutes.ts';
import { SavedViewModel } from '../organisation/views.ts';
import { AppointmentModel, PurchaseModel, VisitModel } from '../patients/care-records.ts';
import { ConsentModel } from '../patients/consents.ts';
import { ContactModel } from '../patients/contacts.ts';
import { HospitalEventModel } from '../patients/hospital-events.ts';
import { PatientModel } from '../patients/patients.ts';
import { processStores } from '../processes/index.ts';
import { BatchItemModel, BatchModel } from '../runtime/batches.ts';
import { BusinessKeyModel } from '../runtime/business-keys.ts';
import { ConditionCheckModel } from '../runtime/condition-checks.ts';
import { DescendantCountModel } from '../runtime/descendants.ts';
import { DraftModel } from '../runtime/drafts.ts';
import { PassageModel } from '../runtime/element-passages.ts';
import { InstanceModel } from '../runtime/instances.ts';
import { JournalModel } from '../runtime/journal.ts';
import { ProposalModel } from '../runtime/proposals.ts';
import { ScheduleJournalModel, ScheduleModel } from '../runtime/schedules.ts';
import { StartRequestModel } from '../runtime/start-requests.ts';
import { TaskModel } from '../runtime/tasks.ts';
import { DatabaseMarkModel } from './own-database.ts';

const models = [
  AppointmentModel,
  AuditModel,
  BusinessKeyModel,
  CalendarModel,
  ChunkModel,
  ConditionCheckModel,
  ConsentModel,
  ContentModel,
  ContactModel,
  DatabaseMarkModel,
  DefinitionModel,
  DescendantCountModel,
  DraftModel,
  DrawingModel,
  FacilityModel,
  FileModel,
  GatewayStateModel,
  HospitalEventModel,
  InstanceModel,
  JobTypeModel,
  JournalModel,
  BatchItemModel,
  BatchModel,
  DeliveryWatermarkModel,
  LoginAttemptModel,
  MessageChannelModel,
  MessageModel,
  OrganisationRevisionModel,
  OutboxModel,
  PassageModel,
  PasswordLinkModel,
  PatientModel,
  PatientReplyModel,
  ProposalModel,
  PurchaseModel,
  ReconciliationModel,
  RoleModel,
  RuleNameModel,
  RuleSetModel,
  SavedViewModel,
  SubstituteModel,
  ScheduleJournalModel,
  ScheduleModel,
  SessionModel,
  SignalModel,
  StaffModel,
  StartRequestModel,
  TaskModel,
  VisitModel,
  ...processStores.flatMap((one) => one.models),
];

export interface StoreOptions {
  /** Server selection timeout of an operation, in milliseconds (5000). */
  serverSelectionTimeoutMs?: number;
  /** Socket and write concern timeout, in milliseconds; absent: none. */
  operationTimeoutMs?: number;
}

/**
 * Connects and creates the indexes. Afterwards the driver reconnects by itself after an outage; operations fail
 * meanwhile instead of being queued.
 * @param uri MongoDB connection string with the database name
 * @throws when the server is unavailable; calling again is safe
 */
export async function connectStore(uri: string, options: StoreOptions = {}): Promise<void> {
  const within = options.operationTimeoutMs;
  await mongoose.connect(uri, {
    writeConcern: { w: 'majority', journal: true, ...(within !== undefined && { wtimeoutMS: within }) },
    serverSelectionTimeoutMS: options.serverSelectionTimeoutMs ?? 5000,
    ...(within !== undefined && { socketTimeoutMS: within, connectTimeoutMS: within }),
    maxPoolSize: 20,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  });
  await Promise.all(models.map((model) => model.createIndexes()));
}

export async function disconnectStore(): Promise<void> {
  await flushAudit();
  await mongoose.disconnect();
}
