/** Listeners hold up the element they stand at; order and variables are Zeebe's. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../engine/index.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import { around, diagramXml, errorsOf, extensions, flow, planOf } from './compile/builders.ts';
import { jobOf, type Play, play, someone } from './support/play.ts';

const listener = (eventType: string, type: string, more = ''): string =>
  `<zeebe:executionListener eventType="${eventType}" type="${type}" ${more}/>`;
const listeners = (...inside: string[]): string =>
  `<zeebe:executionListeners>${inside.join('')}</zeebe:executionListeners>`;
const job = '<zeebe:taskDefinition type="work"/>';

const service = (inside: string): Promise<Plan> =>
  planOf(diagramXml(around(`<bpmn:serviceTask id="A" name="甲">${extensions(job + inside)}</bpmn:serviceTask>`)));

/** Types of the jobs asked for, in order. */
const asked = (p: Play): string[] => p.commandsTo('run-job').map(({ type }) => type);

/** The process itself has a scope and a listener under the same id: the listener's job is done. */
function ownJob(p: Play, variables: Variables = {}): void {
  const wait = p.waits('job').find(({ element }) => element === 'P');
  p.send({ type: 'job-completed', ...jobOf(wait!), variables });
}

describe('execution listeners of a task', () => {
  it('run one after the other before it begins and after it is done', async () => {
    const p = play(
      await service(
        listeners(listener('start', 's1'), listener('end', 'e1'), listener('start', 's2'), listener('end', 'e2')),
      ),
    );
    for (let i = 0; i < 5; i++) {
      expect(asked(p)).toHaveLength(i + 1);
      p.job('A');
    }
    expect(asked(p)).toEqual(['s1', 's2', 'work', 'e1', 'e2']);
    expect(p.state.status).toBe('completed');
    expect(p.completed()).toEqual(['S', 'A', 'E', 'P']);
  });

  it('bring local variables before, and variables of the scope after', async () => {
    const p = play(await service(listeners(listener('start', 's1'), listener('end', 'e1'))));
    p.job('A', { found: 1 });
    expect(p.commandsTo('run-job').at(-1)).toMatchObject({ type: 'work', input: { found: 1 } });
    expect(p.variables).toEqual({});
    p.job('A', { done: 2 });
    expect(p.commandsTo('run-job').at(-1)).toMatchObject({ type: 'e1', input: { found: 1, done: 2 } });
    p.job('A', { more: 3 });
    expect(p.variables).toEqual({ done: 2, more: 3 });
  });

  it('run after the input mappings and before the boundary events are armed, which are dropped when the end listeners run', async () => {
    const io = '<zeebe:ioMapping><zeebe:input source="=a + 1" target="b"/></zeebe:ioMapping>';
    const boundary = `<bpmn:boundaryEvent id="B" attachedToRef="A"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="E2"/>${flow('f3', 'B', 'E2')}`;
    const plan = await planOf(
      diagramXml(
        around(
          `<bpmn:serviceTask id="A">${extensions(job + io + listeners(listener('start', 's1'), listener('end', 'e1')))}</bpmn:serviceTask>${boundary}`,
        ),
      ),
    );
    const p = play(plan, { a: 1 });
    expect(p.commandsTo('run-job')[0]).toMatchObject({ type: 's1', input: { a: 1, b: 2 } });
    expect(p.waiting()).toEqual(['A']);
    p.job('A');
    expect(p.waiting()).toEqual(['A', 'B']);
    p.job('A');
    expect(p.waiting()).toEqual(['A']);
    p.job('A');
    expect(p.state.status).toBe('completed');
  });

  it('get the headers of the element too, their own first, and their own retries', async () => {
    const headers =
      '<zeebe:taskHeaders><zeebe:header key="to" value="element"/><zeebe:header key="a" value="1"/></zeebe:taskHeaders>';
    const own = `<zeebe:executionListener eventType="start" type="s1" retries="7"><zeebe:taskHeaders><zeebe:header key="to" value="listener"/></zeebe:taskHeaders></zeebe:executionListener>`;
    const p = play(await service(headers + listeners(own)));
    expect(p.commandsTo('run-job')[0]).toMatchObject({ headers: { to: 'listener', a: '1' }, retries: 7 });
  });

  it('stop the element by an incident when they fail; a retry asks again for the one that failed', async () => {
    const p = play(await service(listeners(listener('start', 's1'), listener('start', 's2'))));
    p.job('A').jobFails('A');
    expect(p.incident('A')).toMatchObject({ code: 'job-failed' });
    expect(p.incident('A')?.message).toContain('监听（start）');
    p.retry('A');
    expect(asked(p)).toEqual(['s1', 's2', 's2']);
    p.job('A').job('A');
    expect(p.state.status).toBe('completed');
  });

  it('do not throw for their element: their BPMN error is an incident, also where the task has a boundary event for it', async () => {
    const p = play(await service(listeners(listener('start', 's1'))));
    p.jobFails('A', 'oops');
    expect(p.incident('A')).toMatchObject({ code: 'job-failed' });
  });

  it('can be passed over, with what they would have brought', async () => {
    const p = play(await service(listeners(listener('start', 's1'))));
    p.jobFails('A');
    p.send({ type: 'skip', key: p.at('A').key, reason: '不需要', variables: { found: 5 }, by: someone });
    expect(p.commandsTo('run-job').at(-1)).toMatchObject({ type: 'work', input: { found: 5 } });
  });

  it('evaluate their type when they are asked; what fails is an incident that a retry heals', async () => {
    const p = play(await service(listeners(listener('start', '=kind'))));
    expect(p.incident('A')).toMatchObject({ code: 'missing-variable' });
    p.set({ kind: 'audit' }).retry('A');
    expect(asked(p)).toEqual(['audit']);
    p.job('A').job('A');
    expect(p.state.status).toBe('completed');
  });

  it('are not asked again when the element itself cannot begin', async () => {
    const plan = await planOf(
      diagramXml(
        around(
          `<bpmn:serviceTask id="A">${extensions(`<zeebe:taskDefinition type="=kind"/>${listeners(listener('start', 's1'))}`)}</bpmn:serviceTask>`,
        ),
      ),
    );
    const p = play(plan).job('A', { mine: 1 });
    expect(p.incident('A')).toMatchObject({ code: 'missing-variable' });
    p.set({ kind: 'work' }).retry('A');
    expect(asked(p)).toEqual(['s1', 'work']);
    expect(p.commandsTo('run-job').at(-1)?.input).toMatchObject({ mine: 1 });
  });

  it('take no late answer that was meant for another job under the same key', async () => {
    const p = play(await service(listeners(listener('start', 's1'))));
    const { key } = p.at('A');
    p.job('A');
    const before = p.state;
    p.send({ type: 'job-completed', key, variables: {}, part: 'start:0' });
    expect(p.state).toBe(before);
  });

  it('are described in words', async () => {
    const p = play(await service(listeners(listener('start', 'audit'))));
    const { waits } = explain(p.plan, p.state, p.env);
    expect(waits[0]?.what.zh).toContain('“甲”开始前的监听“audit”');
  });

  it('go when the task is cancelled', async () => {
    const p = play(await service(listeners(listener('start', 's1'))));
    const { key } = p.at('A');
    p.send({ type: 'cancel', reason: 'x', by: someone });
    expect(p.state.status).toBe('cancelled');
    expect(p.commandsTo('drop').map((one) => one.key)).toContain(key);
  });
});

describe('execution listeners elsewhere', () => {
  it('of an exclusive gateway may find out what decides', async () => {
    const plan = await planOf(
      diagramXml(
        `<bpmn:startEvent id="S"/><bpmn:exclusiveGateway id="A" default="no">${extensions(listeners(listener('start', 'look')))}</bpmn:exclusiveGateway>
         <bpmn:endEvent id="Yes"/><bpmn:endEvent id="No"/>${flow('f1', 'S', 'A')}${flow('no', 'A', 'No')}
         ${flow('yes', 'A', 'Yes', '<bpmn:conditionExpression>=ok</bpmn:conditionExpression>')}`,
      ),
    );
    const p = play(plan).job('A', { ok: true });
    expect(p.completed()).toEqual(['S', 'A', 'Yes', 'P']);
    expect(p.variables).toEqual({});
  });

  it.each(['parallelGateway', 'inclusiveGateway'])('of a joining %s run once, when all has come', async (kind) => {
    const task = (id: string) => `<bpmn:userTask id="${id}"/>`;
    const plan = await planOf(
      diagramXml(
        `<bpmn:startEvent id="S"/><bpmn:parallelGateway id="F"/>${task('X')}${task('Y')}
         <bpmn:${kind} id="A">${extensions(listeners(listener('start', 'joined')))}</bpmn:${kind}><bpmn:endEvent id="E"/>
         ${flow('f1', 'S', 'F')}${flow('f2', 'F', 'X')}${flow('f3', 'F', 'Y')}${flow('f4', 'X', 'A')}${flow('f5', 'Y', 'A')}${flow('f6', 'A', 'E')}`,
      ),
    );
    const p = play(plan).task('X');
    expect(asked(p)).toEqual([]);
    p.task('Y');
    expect(asked(p)).toEqual(['joined']);
    p.job('A');
    expect(p.state.status).toBe('completed');
  });

  it('of a subprocess run around all that is inside', async () => {
    const inner = `<bpmn:startEvent id="S2"/><bpmn:userTask id="X"/><bpmn:endEvent id="E2"/>${flow('g1', 'S2', 'X')}${flow('g2', 'X', 'E2')}`;
    const plan = await planOf(
      diagramXml(
        around(
          `<bpmn:subProcess id="A">${extensions(listeners(listener('start', 'open'), listener('end', 'close')))}${inner}</bpmn:subProcess>`,
        ),
      ),
    );
    const p = play(plan);
    expect(p.waiting()).toEqual(['A']);
    p.job('A', { local: 1 });
    expect(p.waiting()).toEqual(['X']);
    p.task('X');
    expect(p.commandsTo('run-job').at(-1)).toMatchObject({ type: 'close', input: { local: 1 } });
    p.job('A');
    expect(p.state.status).toBe('completed');
    expect(p.variables).toEqual({});
  });

  it('of the process run before it begins and after it is done', async () => {
    const plan = await planOf(
      diagramXml(
        `${extensions(listeners(listener('start', 'open'), listener('end', 'close')))}<bpmn:startEvent id="S"/><bpmn:userTask id="X"/><bpmn:endEvent id="E"/>${flow('f1', 'S', 'X')}${flow('f2', 'X', 'E')}`,
      ),
    );
    const p = play(plan);
    expect(p.waiting()).toEqual(['P']);
    ownJob(p, { found: 1 });
    expect(p.waiting()).toEqual(['X']);
    p.task('X');
    expect(p.state.status).toBe('active');
    expect(p.commandsTo('run-job').at(-1)).toMatchObject({ type: 'close', input: { found: 1 } });
    ownJob(p, { closed: true });
    expect(p.state.status).toBe('completed');
    expect(p.variables).toEqual({ found: 1, closed: true });
  });

  it('of the process run after everything inside is cancelled; a second cancellation does not wait for them', async () => {
    const plan = await planOf(
      diagramXml(
        `${extensions(listeners(listener('cancel', 'tidy')))}<bpmn:startEvent id="S"/><bpmn:userTask id="X"/><bpmn:endEvent id="E"/>${flow('f1', 'S', 'X')}${flow('f2', 'X', 'E')}`,
      ),
    );
    const p = play(plan);
    p.send({ type: 'cancel', reason: 'x', by: someone });
    expect(p.waiting()).toEqual(['P']);
    expect(p.state.status).toBe('active');
    ownJob(p, { tidied: true });
    expect(p.state.status).toBe('cancelled');
    expect(p.variables).toEqual({ tidied: true });
    expect(p.journal.at(-1)).toMatchObject({
      kind: 'instance-ended',
      by: someone,
      data: { status: 'cancelled', reason: 'x' },
    });

    const twice = play(plan);
    twice.send({ type: 'cancel', reason: 'x', by: someone });
    twice.send({ type: 'cancel', reason: 'x', by: someone });
    expect(twice.state.status).toBe('cancelled');
    expect(twice.state.waits).toEqual({});
  });

  it('of a multi-instance: before all of it once, and around each instance', async () => {
    const loop = `<bpmn:multiInstanceLoopCharacteristics isSequential="true">${extensions('<zeebe:loopCharacteristics inputCollection="=list" inputElement="item" outputCollection="results" outputElement="=item * 2"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
    const plan = await planOf(
      diagramXml(
        around(
          `<bpmn:serviceTask id="A">${extensions(job + listeners(listener('beforeAll', 'fetch'), listener('start', 's'), listener('end', 'e')))}${loop}</bpmn:serviceTask>`,
        ),
      ),
    );
    const p = play(plan).job('A', { list: [1, 2] });
    for (let i = 0; i < 6; i++) p.job('A');
    expect(asked(p)).toEqual(['fetch', 's', 'work', 'e', 's', 'work', 'e']);
    expect(p.state.status).toBe('completed');
    expect(p.variables).toEqual({ results: [2, 4] });
  });

  it('of events: before a message is awaited, after it has come; after a boundary event', async () => {
    const event = `<bpmn:intermediateCatchEvent id="A">${extensions(listeners(listener('start', 'ask'), listener('end', 'heard')))}<bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateCatchEvent>`;
    const message = `<bpmn:message id="M" name="answer">${extensions('<zeebe:subscription correlationKey="=number"/>')}</bpmn:message>`;
    const p = play(await planOf(diagramXml(around(event), message)));
    p.job('A', { number: 'N1' }).message('answer', { key: 'N1', variables: { text: 'yes' } });
    expect(p.commandsTo('run-job').at(-1)).toMatchObject({ type: 'heard', input: { text: 'yes' } });
    p.job('A');
    expect(p.state.status).toBe('completed');
  });

  it('of a complex gateway: once, when it continues', async () => {
    const enough =
      '<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">activationCount >= 1</bpmn:activationCondition>';
    const p = play(
      await planOf(
        diagramXml(
          `<bpmn:startEvent id="S"/><bpmn:parallelGateway id="Fork"/><bpmn:userTask id="X"/><bpmn:userTask id="Y"/>
           <bpmn:complexGateway id="A">${extensions(listeners(listener('start', 'ask')))}${enough}</bpmn:complexGateway><bpmn:endEvent id="E"/>
           ${flow('f1', 'S', 'Fork')}${flow('f2', 'Fork', 'X')}${flow('f3', 'Fork', 'Y')}${flow('f4', 'X', 'A')}${flow('f5', 'Y', 'A')}${flow('f6', 'A', 'E')}`,
        ),
      ),
    );
    p.task('X').task('Y');
    expect(asked(p)).toEqual(['ask']);
    p.send({ type: 'job-completed', ...jobOf(p.waits('job')[0]!), variables: {} });
    expect(asked(p)).toEqual(['ask']);
    expect(p.state.status).toBe('completed');
  });

  it('of an event behind an event-based gateway: when it has happened, before its flows', async () => {
    const caught = `<bpmn:intermediateCatchEvent id="A">${extensions(listeners(listener('start', 's'), listener('end', 'e')))}<bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateCatchEvent>`;
    const late = `<bpmn:intermediateCatchEvent id="T"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`;
    const p = play(
      await planOf(
        diagramXml(
          `<bpmn:startEvent id="S"/><bpmn:eventBasedGateway id="G"/>${caught}${late}<bpmn:endEvent id="E"/>${flow('f1', 'S', 'G')}${flow('f2', 'G', 'A')}${flow('f3', 'G', 'T')}${flow('f4', 'A', 'E')}${flow('f5', 'T', 'E')}`,
          `<bpmn:message id="M" name="answer">${extensions('<zeebe:subscription correlationKey="=1"/>')}</bpmn:message>`,
        ),
      ),
    );
    p.message('answer', { variables: { text: 'yes' } });
    expect(p.waiting()).toEqual(['A']);
    p.job('A', { looked: true });
    expect(p.variables, 'what the message brought goes out, what the listener brought was its own').toEqual({
      text: 'yes',
    });
    p.job('A');
    expect(asked(p)).toEqual(['s', 'e']);
    expect(p.state.status).toBe('completed');
  });

  it('of an event subprocess: when its start event has happened, before anything in it begins', async () => {
    const sub = (interrupting: boolean) =>
      `<bpmn:startEvent id="S"/><bpmn:userTask id="Work"/><bpmn:endEvent id="E"/>${flow('f1', 'S', 'Work')}${flow('f2', 'Work', 'E')}
       <bpmn:subProcess id="A" triggeredByEvent="true">${extensions(listeners(listener('start', 's'), listener('end', 'e')))}
         <bpmn:startEvent id="Rang" isInterrupting="${interrupting}"><bpmn:signalEventDefinition signalRef="Sig"/></bpmn:startEvent>
         <bpmn:userTask id="Answer"/><bpmn:endEvent id="Done"/>${flow('f3', 'Rang', 'Answer')}${flow('f4', 'Answer', 'Done')}</bpmn:subProcess>`;
    const p = play(await planOf(diagramXml(sub(true), '<bpmn:signal id="Sig" name="alarm"/>')));
    p.send({ type: 'signal', name: 'alarm', variables: { floor: 2 } });
    expect(p.waiting(), 'what it interrupts has ended').toEqual(['A']);
    p.job('A', { prepared: true });
    expect(p.waiting()).toEqual(['Answer']);
    expect(Object.values(p.state.waits).find(({ element }) => element === 'A')?.variables).toEqual({ prepared: true });
    p.task('Answer').job('A');
    expect(asked(p)).toEqual(['s', 'e']);
    expect(p.state.status).toBe('completed');
    expect(p.variables).toEqual({ floor: 2 });

    const beside = play(await planOf(diagramXml(sub(false), '<bpmn:signal id="Sig" name="alarm"/>')));
    beside.send({ type: 'signal', name: 'alarm', variables: {} });
    beside.jobFails('A').retry('A').job('A');
    expect(beside.waiting()).toEqual(['Answer', 'Rang', 'Work']);
    beside.task('Work').task('Answer').job('A');
    expect(beside.state.status).toBe('completed');
  });

  it('of throwing and end events', async () => {
    const thrown = `<bpmn:intermediateThrowEvent id="A">${extensions(listeners(listener('start', 's'), listener('end', 'e')))}<bpmn:signalEventDefinition signalRef="Sig"/></bpmn:intermediateThrowEvent>`;
    const p = play(await planOf(diagramXml(around(thrown), '<bpmn:signal id="Sig" name="go"/>')));
    expect(p.commandsTo('broadcast-signal')).toHaveLength(0);
    p.job('A');
    expect(p.commandsTo('broadcast-signal')).toHaveLength(1);
    p.job('A');
    expect(p.state.status).toBe('completed');
  });
});

describe('listeners that would never run are refused', () => {
  const refused = async (process: string): Promise<string[]> => errorsOf(diagramXml(process));
  it.each([
    [
      'start of a start event',
      `<bpmn:startEvent id="S">${extensions(listeners(listener('start', 'x')))}</bpmn:startEvent>`,
      'S',
    ],
    [
      'end of a gateway',
      `<bpmn:startEvent id="S"/>${flow('f', 'S', 'G')}<bpmn:parallelGateway id="G">${extensions(listeners(listener('end', 'x')))}</bpmn:parallelGateway>`,
      'G',
    ],
    [
      'cancel of a task',
      `<bpmn:startEvent id="S"/>${flow('f', 'S', 'G')}<bpmn:task id="G">${extensions(listeners(listener('cancel', 'x')))}</bpmn:task>`,
      'G',
    ],
    [
      'beforeAll without a multi-instance',
      `<bpmn:startEvent id="S"/>${flow('f', 'S', 'G')}<bpmn:task id="G">${extensions(listeners(listener('beforeAll', 'x')))}</bpmn:task>`,
      'G',
    ],
    [
      'end of a terminate end event',
      `<bpmn:startEvent id="S"/>${flow('f', 'S', 'G')}<bpmn:endEvent id="G">${extensions(listeners(listener('end', 'x')))}<bpmn:terminateEventDefinition/></bpmn:endEvent>`,
      'G',
    ],
  ])('%s', async (_, process, element) => {
    expect(await refused(process)).toContain(`listener-never-heard ${element}`);
  });

  it('so are unknown events, the same listener twice, and listeners without a type', async () => {
    const task = (inside: string) =>
      refused(
        `<bpmn:startEvent id="S"/>${flow('f', 'S', 'G')}<bpmn:task id="G">${extensions(listeners(inside))}</bpmn:task>`,
      );
    expect(await task(listener('begin', 'x'))).toContain('bad-listener G');
    expect(await task(listener('start', 'x') + listener('start', 'x'))).toContain('duplicate-listener G');
    expect(await task('<zeebe:executionListener eventType="start"/>')).toContain('no-job-type G');
  });

  it('so is a listener whose job no worker knows', async () => {
    const xml = diagramXml(
      around(`<bpmn:task id="A">${extensions(listeners(listener('start', 'nobody')))}</bpmn:task>`),
    );
    expect(await errorsOf(xml, { jobTypes: ['work'] })).toEqual(['unknown-job-type A']);
  });
});
