import { describe, expect, it } from 'vitest';
import { episodeFacts } from '../../store/patients/episode-facts.ts';
import type { HospitalEvent, Occurrence } from '../../store/patients/hospital-events.ts';

let serial = 0;
const on = (day: string, occurrence: Occurrence): HospitalEvent => ({
  _id: `BJ#his#${++serial}`,
  source: 'his',
  id: String(serial),
  occurrence,
  occurredAt: `${day}T04:00:00.000Z`,
  on: day,
  sequence: serial,
  facility: 'BJ',
  patient: 'P-1',
  episode: 'E-1',
  digest: '',
  receivedAt: `${day}T04:00:00.000Z`,
  state: 'applied',
});
const operated = (about: Partial<Extract<Occurrence, { type: 'operated' }>> = {}): Occurrence => ({
  type: 'operated',
  operation: `OP-${serial + 1}`,
  department: 'plastic-surgery',
  inpatient: false,
  ...about,
});

describe('the facts of an episode', () => {
  it('are a consultation while nothing was bought, then what was bought, then the operation', () => {
    const visited = on('2027-03-01', { type: 'visited', visit: 'V-1', kind: 'first', department: 'dermatology' });
    expect(episodeFacts([visited])).toMatchObject({ kind: 'consultation', department: 'dermatology', need: 'C' });
    const bought = on('2027-03-01', {
      type: 'purchased',
      order: 'O',
      item: '光子',
      kind: 'non-surgical',
      amountCents: 1,
    });
    expect(episodeFacts([visited, bought]).kind).toBe('non-surgical');
    const facts = episodeFacts([visited, bought, on('2027-03-02', operated({ inpatient: true, need: 'A' }))]);
    expect(facts).toMatchObject({ kind: 'surgical', department: 'plastic-surgery', inpatient: true, need: 'A' });
  });

  it('count what follows a re-operation again and leave the first visit as it is', () => {
    const facts = episodeFacts([
      on('2027-03-01', { type: 'visited', visit: 'V-1', kind: 'first', department: 'plastic-surgery' }),
      on('2027-03-02', operated({ suturesDueOn: '2027-03-09' })),
      on('2027-03-09', { type: 'suturesRemoved' }),
      on('2027-04-02', operated({ suturesDueOn: '2027-04-12' })),
    ]);
    expect(facts.round).toBe(1);
    expect(facts.anchors).toMatchObject({
      firstVisit: [{ on: '2027-03-01', ref: 'V-1' }],
      surgery: [{ on: '2027-04-02', ref: 'R1' }],
      suturesDue: [{ on: '2027-04-12', ref: 'R1' }],
      suturesRemoved: [],
    });
  });

  it('have no sutures due once they are removed, on the day told', () => {
    const facts = episodeFacts([
      on('2027-03-02', operated({ suturesDueOn: '2027-03-09' })),
      on('2027-03-11', { type: 'suturesRemoved', removedOn: '2027-03-10' }),
      on('2027-03-12', { type: 'moved', what: 'sutures', to: '2027-03-20' }),
    ]);
    expect(facts.anchors.suturesDue).toEqual([]);
    expect(facts.anchors.suturesRemoved).toEqual([{ on: '2027-03-10', ref: 'R0' }]);
  });

  it('move with surgery, sutures and appointments; what was moved twice stands where it was moved to last', () => {
    const begun = [
      on('2027-03-02', operated({ suturesDueOn: '2027-03-09' })),
      on('2027-03-02', { type: 'booked', appointment: 'A-1', what: 'dressing', plannedOn: '2027-03-05' }),
    ];
    const moves = [
      on('2027-03-03', { type: 'moved', what: 'sutures', to: '2027-03-11' }),
      on('2027-03-03', { type: 'moved', what: 'dressing', appointment: 'A-1', to: '2027-03-06' }),
      on('2027-03-04', { type: 'moved', what: 'sutures', to: '2027-03-10' }),
      on('2027-03-04', { type: 'moved', what: 'surgery', to: '2027-03-01' }),
    ];
    const facts = episodeFacts([...begun, ...moves]);
    expect(facts).toEqual(episodeFacts([...begun, ...moves.slice(1)]));
    expect(facts.anchors).toMatchObject({
      suturesDue: [{ on: '2027-03-10', ref: 'R0' }],
      dressing: [{ on: '2027-03-06', ref: 'A-1' }],
      surgery: [{ on: '2027-03-01', ref: 'R0' }],
    });
  });

  it('drop appointments that were cancelled or missed, and note the missed ones', () => {
    const booked = (appointment: string): HospitalEvent =>
      on('2027-03-02', { type: 'booked', appointment, what: 'treatment', plannedOn: '2027-03-08' });
    const facts = episodeFacts([
      booked('A-1'),
      booked('A-2'),
      booked('A-3'),
      on('2027-03-08', { type: 'cancelled', appointment: 'A-1' }),
      on('2027-03-08', { type: 'noShow', appointment: 'A-2' }),
    ]);
    expect(facts.anchors.treatmentDue).toEqual([{ on: '2027-03-08', ref: 'A-3' }]);
    expect(facts.anchors.noShow).toEqual([{ on: '2027-03-08', ref: 'A-2' }]);
  });

  it('know the last visit, whichever event came last', () => {
    const facts = episodeFacts([
      on('2027-03-08', { type: 'treated', visit: 'V-2', department: 'dermatology' }),
      on('2027-03-01', { type: 'visited', visit: 'V-1', kind: 'first', department: 'dermatology' }),
      on('2027-03-09', { type: 'courseEnded' }),
    ]);
    expect(facts.anchors.lastVisit).toEqual([{ on: '2027-03-08', ref: 'V-2' }]);
    expect(facts.anchors.treated).toEqual([{ on: '2027-03-08', ref: 'V-2' }]);
    expect(facts.anchors.courseEnded).toEqual([{ on: '2027-03-09', ref: 'R0' }]);
  });

  it('take the same number again as a correction: an operation told twice is no re-operation', () => {
    const told = (inpatient: boolean, suturesDueOn?: string) =>
      on('2027-03-02', operated({ operation: 'OP-1', inpatient, ...(suturesDueOn !== undefined && { suturesDueOn }) }));
    const visit = (day: string) => on(day, { type: 'visited', visit: 'V-1', kind: 'revisit', department: 'D' });
    const facts = episodeFacts([told(false, '2027-03-09'), told(true), visit('2027-03-04'), visit('2027-03-05')]);
    expect(facts).toMatchObject({ round: 0, inpatient: true });
    expect(facts.anchors).toMatchObject({
      suturesDue: [{ on: '2027-03-09', ref: 'R0' }],
      revisit: [{ on: '2027-03-05', ref: 'V-1' }],
    });
  });

  it('know the day of the sutures from their appointment, and from the operation again when it is cancelled', () => {
    const events = [
      on('2027-03-02', operated({ suturesDueOn: '2027-03-09' })),
      on('2027-03-02', { type: 'booked', appointment: 'A-1', what: 'sutures', plannedOn: '2027-03-10' }),
      on('2027-03-03', { type: 'moved', what: 'sutures', appointment: 'A-1', to: '2027-03-11' }),
    ];
    expect(episodeFacts(events).anchors.suturesDue).toEqual([{ on: '2027-03-11', ref: 'R0' }]);
    const cancelled = on('2027-03-04', { type: 'cancelled', appointment: 'A-1' });
    expect(episodeFacts([...events, cancelled]).anchors.suturesDue).toEqual([{ on: '2027-03-09', ref: 'R0' }]);
  });

  it('take a visit for the sutures as their removal, unless another day is planned after it', () => {
    const events = [
      on('2027-03-02', operated({ suturesDueOn: '2027-03-09' })),
      on('2027-03-09', { type: 'visited', visit: 'V-2', kind: 'sutures', department: 'plastic-surgery' }),
    ];
    const came = episodeFacts(events).anchors;
    expect(came).toMatchObject({ suturesDue: [], suturesRemoved: [{ on: '2027-03-09' }] });
    const postponed = on('2027-03-09', { type: 'moved', what: 'sutures', to: '2027-03-12' });
    const later = episodeFacts([...events, postponed]).anchors;
    expect(later).toMatchObject({ suturesDue: [{ on: '2027-03-12' }], suturesRemoved: [] });
  });

  it('leave what follows an operation to the episode in which it was made again', () => {
    const events = [
      on('2027-03-01', { type: 'visited', visit: 'V-1', kind: 'first', department: 'plastic-surgery' }),
      on('2027-03-02', operated({ suturesDueOn: '2027-03-09' })),
    ];
    const facts = episodeFacts(events, true);
    expect(facts.round).toBe(1);
    expect(facts.anchors).toMatchObject({ surgery: [], suturesDue: [], firstVisit: [{ on: '2027-03-01' }] });
  });
});
