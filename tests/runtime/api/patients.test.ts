import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { episodeFacts } from '../../../store/patients/episode-facts.ts';
import { eventsOfEpisode } from '../../../store/patients/hospital-events.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let his: Caller;
let carer: Caller;
beforeAll(async () => {
  api = await startApi({ worker: false });
  his = await api.as('hospital-system-bj');
  carer = await api.as('callback-bj');
});
afterAll(() => api.close());

let sequence = 100;
function anEvent(type: string, patient: string, data: object, about: object = {}): Body {
  sequence += 1;
  return {
    source: 'his',
    id: `${type}-${sequence}`,
    type,
    occurredAt: '2027-03-01T10:00:00+08:00',
    sequence,
    facility: 'BJ',
    patient,
    data,
    ...about,
  };
}
const newPatient = (): string => `P-${randomUUID().slice(0, 8)}`;
const told = (event: Body): Promise<Answer> => his.post('/api/events', event);
const seen = async (patient: string): Promise<Body> => (await carer.get(`/api/patients/${patient}`)).body;

describe('POST /api/events', () => {
  test('counts once by source and id, and refuses the id for another content', async () => {
    const patient = newPatient();
    const event = anEvent('patientChanged', patient, { name: '王女士' });
    const [first, again] = [await told(event), await told(event)];
    expect(first.body).toMatchObject({ state: 'applied', type: 'patientChanged' });
    expect([again.body, again.headers.get('Idempotent-Replayed')]).toEqual([first.body, 'true']);
    expect(await told({ ...event, data: { name: '李女士' } })).toMatchObject({
      status: 422,
      body: { code: 'event-id-reused' },
    });
    expect((await seen(patient)).name).toBe('王女士');
  });

  test.each([
    ['an operation', 'operated', { operation: 'OP', department: 'plastic-surgery', inpatient: true, need: 'B' }],
    ['a visit', 'visited', { visit: 'V', kind: 'first', department: 'plastic-surgery' }],
    ['a purchase', 'purchased', { order: 'O', item: '玻尿酸', kind: 'non-surgical', amountCents: 100 }],
  ])('%s in the episode of another patient is refused, and changes nothing', async (_, type, data) => {
    const [patient, other] = [newPatient(), newPatient()];
    const episode = `E-${patient}`;
    for (const one of [patient, other]) await told(anEvent('patientChanged', one, { name: '王女士' }));
    const visit = { visit: `V-${patient}`, kind: 'first', department: 'plastic-surgery' };
    expect(await told(anEvent('visited', patient, visit, { episode }))).toMatchObject({ status: 200 });
    const refused = await told(anEvent(type, other, data, { episode }));
    expect(refused).toMatchObject({ status: 409, body: { code: 'episode-of-other' } });
    expect(await seen(other)).toMatchObject({ episodes: [], visits: [], purchases: [] });
  });

  test.each([
    ['a visit', 'visited', (visit: string) => ({ visit, kind: 'first', department: 'dermatology' })],
    ['a treatment', 'treated', (visit: string) => ({ visit, department: 'dermatology' })],
    ['an operation', 'operated', (operation: string) => ({ operation, department: 'dermatology', inpatient: true })],
    ['a purchase', 'purchased', (order: string) => ({ order, item: '疗程', kind: 'surgical', amountCents: 100 })],
    ['a refund', 'refunded', (order: string) => ({ order, amountCents: 5_000_000 })],
    ['an appointment', 'booked', (appointment: string) => ({ appointment, what: 'visit', plannedOn: '2027-03-04' })],
    ['a moved appointment', 'moved', (appointment: string) => ({ appointment, what: 'visit', to: '2027-03-09' })],
    ['a cancelled appointment', 'cancelled', (appointment: string) => ({ appointment })],
    ['a no-show', 'noShow', (appointment: string) => ({ appointment })],
  ])(
    '%s under the number of another patient is refused, told or imported, and changes nothing',
    async (_, type, data) => {
      const [patient, other, late] = [newPatient(), newPatient(), newPatient()];
      for (const one of [patient, other]) await told(anEvent('patientChanged', one, { name: '王女士' }));
      const number = `N-${patient}`;
      for (const event of [
        anEvent('visited', patient, { visit: number, kind: 'revisit', department: 'plastic-surgery' }),
        anEvent('purchased', patient, { order: number, item: '玻尿酸', kind: 'non-surgical', amountCents: 900 }),
        anEvent('booked', patient, { appointment: number, what: 'surgery', plannedOn: '2027-03-08' }),
      ])
        expect((await told(event)).status).toBe(200);
      const before = await seen(patient);
      const foreign = anEvent(type, other, data(number));
      for (const _again of [1, 2])
        expect(await told(foreign)).toMatchObject({ status: 409, body: { code: 'record-of-other' } });
      // One of a patient who is not known yet comes to the same.
      expect((await told(anEvent(type, late, data(number)))).status).toBe(409);
      expect([await seen(patient), await seen(other)]).toEqual([
        before,
        expect.objectContaining({ visits: [], purchases: [], appointments: [] }),
      ]);
    },
  );

  test('what was parked about a number that became another patient’s is kept as refused', async () => {
    const [patient, late] = [newPatient(), newPatient()];
    const bought = { order: `N-${patient}`, item: '疗程', kind: 'surgical', amountCents: 100 };
    const parked = anEvent('purchased', late, bought, { episode: `E-${late}` });
    expect((await told(parked)).body.state).toBe('parked');
    await told(anEvent('patientChanged', patient, { name: '王女士' }));
    expect((await told(anEvent('purchased', patient, { ...bought, amountCents: 900 }))).body.state).toBe('applied');
    expect((await told(anEvent('patientChanged', late, { name: '李女士' }))).body.state).toBe('applied');
    const refused = await his.get(`/api/hospital-events?state=refused&patient=${late}`);
    expect(refused.body.items).toMatchObject([{ id: parked.id, state: 'refused' }]);
    expect((await seen(patient)).purchases).toMatchObject([{ amountCents: 900 }]);
    expect(await eventsOfEpisode(`E-${late}`, late, 'BJ')).toEqual([]);
  });

  test('ten of one event at once are one', async () => {
    const patient = newPatient();
    await told(anEvent('patientChanged', patient, { name: '王女士' }));
    const event = anEvent('consentChanged', patient, {
      purpose: 'service',
      given: true,
      wording: '1',
      channel: 'paper',
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => told(event)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await seen(patient)).consents).toHaveLength(1);
  });

  test('parks what comes before the patient is known, lists it, and applies it then', async () => {
    const patient = newPatient();
    const visit = anEvent(
      'visited',
      patient,
      { visit: 'V-1', kind: 'first', department: 'dermatology' },
      { episode: 'E' },
    );
    expect((await told(visit)).body.state).toBe('parked');
    const parked = () => his.get(`/api/hospital-events?state=parked&patient=${patient}`);
    expect((await parked()).body.items).toMatchObject([{ id: visit.id, state: 'parked', episode: 'E' }]);
    await told(anEvent('patientChanged', patient, { name: '王女士' }));
    expect((await parked()).body.items).toEqual([]);
    expect(await seen(patient)).toMatchObject({ episodes: ['E'], visits: [{ number: 'V-1', kind: 'first' }] });
  });

  test('out of order and doubled events leave the same records and facts', async () => {
    const events = (patient: string, tag: string): Body[] => {
      const at = (n: number) => ({ episode: `E-${patient}`, id: `${tag}-${n}`, sequence: n });
      return [
        anEvent('patientChanged', patient, { name: '王女士' }, at(1)),
        anEvent('booked', patient, { appointment: `A-${tag}`, what: 'dressing', plannedOn: '2027-03-04' }, at(2)),
        anEvent('operated', patient, { operation: `O-${tag}`, department: 'plastic-surgery', inpatient: true }, at(3)),
        anEvent('moved', patient, { what: 'dressing', appointment: `A-${tag}`, to: '2027-03-05' }, at(4)),
        anEvent('moved', patient, { what: 'dressing', appointment: `A-${tag}`, to: '2027-03-06' }, at(5)),
        anEvent('patientChanged', patient, { name: '王小姐' }, at(6)),
      ];
    };
    const [ordered, shuffled] = [newPatient(), newPatient()];
    for (const event of events(ordered, ordered)) await told(event);
    const mixed = events(shuffled, shuffled);
    for (const at of [5, 4, 3, 2, 1, 0, 1, 4, 5]) await told(mixed[at]);
    const comparable = async (patient: string) => {
      const { id: _, name, episodes: _episodes, ...record } = await seen(patient);
      const facts = episodeFacts(await eventsOfEpisode(`E-${patient}`, patient, 'BJ'));
      return JSON.parse(JSON.stringify({ name, record, facts }).replaceAll(patient, 'P'));
    };
    expect(await comparable(shuffled)).toEqual(await comparable(ordered));
    expect(await comparable(ordered)).toMatchObject({
      name: '王小姐',
      record: { appointments: [{ plannedOn: '2027-03-06', status: 'booked' }] },
      facts: { anchors: { dressing: [{ on: '2027-03-06' }] } },
    });
  });

  test('is for the hospital’s system, at its facility', async () => {
    const event = anEvent('patientChanged', newPatient(), { name: '王女士' });
    expect((await carer.post('/api/events', event)).status).toBe(403);
    expect((await told({ ...event, facility: 'SH' })).body.code).toBe('wrong-facility');
    expect((await told({ ...event, data: { nickname: '王' } })).status).toBe(400);
  });

  test('of a patient of another facility is parked like that of an unknown one', async () => {
    const patient = newPatient();
    await told(anEvent('patientChanged', patient, { name: '王女士' }));
    const shanghai = await api.as('hospital-system-sh');
    const foreign = anEvent('patientChanged', patient, { name: '改名' }, { facility: 'SH' });
    expect((await shanghai.post('/api/events', foreign)).body.state).toBe('parked');
    expect((await seen(patient)).name).toBe('王女士');
  });
});

describe('GET /api/patients', () => {
  test('masks numbers, tells consents as a ledger, and each look is in the audit trail', async () => {
    const patient = newPatient();
    await told(anEvent('patientChanged', patient, { name: '赵女士', phone: '13812345678' }));
    for (const given of [true, false])
      await told(anEvent('consentChanged', patient, { purpose: 'marketing', given, wording: '2', channel: 'WeCom' }));
    expect(await seen(patient)).toMatchObject({
      details: { phone: '138****5678' },
      consents: [{ given: true }, { given: false, channel: 'WeCom' }],
    });
    const trail = (await (await api.as('auditor')).get(`/api/audit?kind=patients&what=${patient}`)).body.items;
    expect(trail).toMatchObject([{ who: 'callback-bj', act: 'GET /api/patients/{id}', facility: 'BJ' }]);
  });

  test('finds by number and name, page by page', async () => {
    const name = `找${randomUUID().slice(0, 6)}`;
    const numbers = [newPatient(), newPatient(), newPatient()].sort();
    for (const number of numbers) await told(anEvent('patientChanged', number, { name }));
    const first = (await carer.get(`/api/patients?q=${encodeURIComponent(name)}&limit=2`)).body;
    const next = (await carer.get(`/api/patients?q=${encodeURIComponent(name)}&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...next.items].map(({ id }: Body) => id)).toEqual(numbers);
    expect((await carer.get(`/api/patients?q=${numbers[0]}`)).body.items).toMatchObject([{ id: numbers[0], name }]);
  });
});

describe('POST /api/patient-imports', () => {
  const imported = async (content: string, about: object = {}) =>
    (await his.post('/api/patient-imports', { kind: 'patients', facility: 'BJ', content, ...about })).body;

  test('writes nothing in a dry run, nor with an error in any row', async () => {
    const [good, other] = [newPatient(), newPatient()];
    const content = `病案号,姓名\n${good},王女士\n`;
    expect(await imported(content, { dryRun: true })).toMatchObject({ rows: 1, imported: 0, errors: [] });
    expect(await imported(`${content}${other},\n`)).toMatchObject({
      rows: 1,
      imported: 0,
      errors: [{ line: 3, column: '姓名' }],
    });
    expect((await carer.get(`/api/patients/${good}`)).status).toBe(404);
  });

  test('repeated by number it writes what the file says now, and live events count more', async () => {
    const patient = newPatient();
    expect(await imported(`病案号,姓名,服务同意\n${patient},王女士,是\n`)).toMatchObject({ imported: 1, parked: 0 });
    expect(await imported(`病案号,姓名,服务同意\n${patient},王小姐,是\n`)).toMatchObject({ imported: 1 });
    expect(await seen(patient)).toMatchObject({ name: '王小姐', consents: [{ purpose: 'service', given: true }] });
    await told(anEvent('patientChanged', patient, { name: '王夫人' }));
    await imported(`病案号,姓名\n${patient},王小姐\n`);
    expect((await seen(patient)).name).toBe('王夫人');
  });

  test.each(['visits', 'purchases'])('of %s names the lines whose number is another patient’s', async (kind) => {
    const [patient, other] = [newPatient(), newPatient()];
    await imported(`病案号,姓名\n${patient},王女士\n${other},李女士\n`);
    const heading = {
      visits: '就诊号,疗程号,病案号,科室,时间,类型',
      purchases: '订单号,疗程号,病案号,日期,项目,类别,金额',
    }[kind];
    const rest = { visits: 'dermatology,2027-03-01 09:30,初诊', purchases: '2027-03-01,玻尿酸,非手术,9' }[kind];
    const row = (number: string, of: string) => `${number}-${patient},E-${number}-${of},${of},${rest}\n`;
    expect(await imported(`${heading}\n${row('N', patient)}`, { kind })).toMatchObject({ imported: 1 });
    const before = await seen(patient);
    const content = `${heading}\n${row('M', other)}${row('N', other)}`;
    for (const dryRun of [true, false])
      expect(await imported(content, { kind, dryRun })).toMatchObject({ imported: 0, errors: [{ line: 3 }] });
    expect([await seen(patient), await seen(other)]).toEqual([
      before,
      expect.objectContaining({ visits: [], purchases: [] }),
    ]);
  });

  test('says which visits wait for their patient', async () => {
    const content = `就诊号,疗程号,病案号,科室,时间,类型\nV-9,E-9,${newPatient()},dermatology,2027-03-01 09:30,初诊\n`;
    expect(await imported(content, { kind: 'visits' })).toMatchObject({ imported: 1, parked: 1 });
  });
});

describe('patients whom a form can name', () => {
  const told = (patient: string, sequence: number, data: object) => ({
    source: 'choices-test',
    id: `${patient}-${sequence}`,
    type: 'patientChanged',
    occurredAt: '2026-11-01T10:00:00+08:00',
    facility: 'BJ',
    patient,
    sequence,
    data,
  });

  test('are found by number, name, initials and the last digits of the phone, masked, a few at a time', async () => {
    const system = await api.as('hospital-system-bj');
    await system.post('/api/events', told('MRC-77', 1, { name: '欧阳雪', phone: '13912348765' }));
    const desk = await api.as('intake-bj');
    const found = async (q: string): Promise<string[]> =>
      (await desk.get(`/api/patient-choices?facility=BJ&q=${encodeURIComponent(q)}`)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    for (const q of ['MRC-7', 'mrc-77', '欧阳', '阳雪', 'oyx', 'OY', '8765', '48765'])
      expect([q, await found(q)]).toEqual([q, expect.arrayContaining(['MRC-77'])]);
    expect(await found('1391')).not.toContain('MRC-77');
    await system.post('/api/events', told('MRC-77', 2, { name: '欧阳梅' }));
    expect(await found('阳雪')).not.toContain('MRC-77');
    expect(await found('8765')).toContain('MRC-77');
    const [item] = (await desk.get('/api/patient-choices?facility=BJ&q=oym')).body.items;
    expect(item).toMatchObject({ id: 'MRC-77', name: '欧阳梅', phone: '139****8765' });
    expect((await desk.get('/api/patient-choices?facility=BJ&q=o')).status).toBe(400);
    expect((await (await api.as('intake-sh')).get('/api/patient-choices?facility=BJ&q=oym')).status).toBe(404);
  });
});
