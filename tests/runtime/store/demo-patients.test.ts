/** The invented patients of a local installation: a past as events would have left it, and no gateway that reaches telephones writes to them. */
import { beforeAll, expect, test } from 'vitest';
import { aliyunGateway } from '../../../gateway/adapters/aliyun/aliyun.ts';
import { tencentGateway } from '../../../gateway/adapters/tencent/tencent.ts';
import { prepare } from '../../../gateway/delivery/prepare.ts';
import { readFacilities } from '../../../scripts/seed/organisation-files.ts';
import { seedPatients } from '../../../scripts/seed/patients/patients.ts';
import { enqueueMessage, listMessagesOf } from '../../../store/messaging/outbox.ts';
import { claimLetters } from '../../../store/messaging/outbox-claims.ts';
import { saveFacility } from '../../../store/organisation/facilities.ts';
import { applyEvent } from '../../../store/patients/apply-event.ts';
import { AppointmentModel, PurchaseModel, VisitModel } from '../../../store/patients/care-records.ts';
import { ConsentModel } from '../../../store/patients/consents.ts';
import { HospitalEventModel, inOrder } from '../../../store/patients/hospital-events.ts';
import { findPatientsBy } from '../../../store/patients/patient-search.ts';
import { PatientModel } from '../../../store/patients/patients.ts';
import { useOwnDatabase } from './database.ts';

const now = new Date('2026-11-30T12:00:00+08:00');
const models = [PatientModel, HospitalEventModel, VisitModel, PurchaseModel, AppointmentModel, ConsentModel] as const;

useOwnDatabase();
beforeAll(async () => {
  await saveFacility({
    _id: 'BJ',
    name: '北京',
    englishName: 'Beijing',
    region: 'beijing',
    zone: 'Asia/Shanghai',
    calendar: 'china',
  });
  await seedAll(now);
});

async function seedAll(at: Date): Promise<void> {
  for (const facility of await readFacilities()) await seedPatients(facility, at);
}

const counts = () => Promise.all(models.map((model) => (model as typeof PatientModel).countDocuments()));
const distinct = (model: unknown, field: string) => (model as typeof PatientModel).distinct(field);

test('two hundred, all marked, with visits of all kinds; a later start adds nothing', async () => {
  expect(await PatientModel.countDocuments({ demo: true })).toBe(200);
  expect((await distinct(VisitModel, 'kind')).sort()).toEqual(
    ['dressing', 'first', 'revisit', 'surgery', 'sutures', 'treatment'].sort(),
  );
  expect((await distinct(AppointmentModel, 'status')).sort()).toEqual(['booked', 'cancelled', 'no-show']);
  expect((await distinct(ConsentModel, 'given')).sort()).toEqual([false, true]);
  expect(await PurchaseModel.countDocuments({ refundedCents: { $gt: 0 } })).toBeGreaterThan(0);
  expect(await AppointmentModel.countDocuments({ plannedOn: { $gt: '2026-11-30' } })).toBeGreaterThan(0);
  const before = await counts();
  await seedAll(new Date('2026-12-02T12:00:00+08:00'));
  expect(await counts()).toEqual(before);
});

test('what they have been through stands there as if each event had been told', async () => {
  const rows = async () =>
    Promise.all(
      [VisitModel, PurchaseModel, AppointmentModel, ConsentModel].map((model) =>
        (model as typeof VisitModel).find({ patient: 'MR-BJ-0003' }).sort({ _id: 1 }).lean(),
      ),
    );
  const seeded = await rows();
  expect(seeded.flat().length).toBeGreaterThan(5);
  for (const model of [VisitModel, PurchaseModel, AppointmentModel, ConsentModel])
    await (model as typeof VisitModel).deleteMany({ patient: 'MR-BJ-0003' });
  for (const event of inOrder(await HospitalEventModel.find({ patient: 'MR-BJ-0003' }).lean())) await applyEvent(event);
  expect(await rows()).toEqual(seeded);
});

test('they are found by name, initials and the end of the telephone number', async () => {
  const [one] = await findPatientsBy('mr-bj-0003', 'BJ', 1);
  expect(one?.details.phone).toBe('13800040003');
  for (const typed of [one?.details.name ?? '', one?.details.name?.slice(1) ?? '', '40003'])
    expect((await findPatientsBy(typed, 'BJ', 20)).map(({ _id }) => _id)).toContain('MR-BJ-0003');
});

test('gateways that reach telephones refuse them', async () => {
  const account = { key: { id: 'id', secret: 'secret' }, signName: '医院', templates: {} };
  const endpoint = 'http://127.0.0.1:9';
  const gateways = [
    aliyunGateway({ ...account, endpoint }),
    tencentGateway({ ...account, endpoint, appId: '1400', region: 'ap-guangzhou' }),
  ];
  for (const gateway of gateways) {
    const instance = `followUp/${gateway.name}`;
    await enqueueMessage({
      instance,
      key: '1',
      touch: 'patient',
      facility: 'BJ',
      to: 'patient',
      patient: 'MR-BJ-0003',
      channel: 'sms',
      lane: 'urgent',
      subject: '提醒',
      body: '提醒您复诊。',
      createdAt: new Date().toISOString(),
    });
    const claiming = { audience: 'patient', lane: 'urgent', facility: 'BJ', limit: 1, leaseMs: 60_000 } as const;
    const [letter] = await claimLetters(claiming);
    if (!letter) throw new Error('Nothing was claimed.');
    expect(await prepare(letter, gateway, Date.now(), 60_000)).toBeUndefined();
    expect(await listMessagesOf(instance)).toMatchObject([{ status: 'suppressed', reason: 'demo' }]);
  }
});
