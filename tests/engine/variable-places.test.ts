/**
 * Where every variable is: mapping × element × loop × scope, each with the places that the rules of docs/variables.md give. The rules stand
 * here once more, as a small model of nested frames, so that the engine is compared with the page and not with itself. The state is
 * written down and read again between the steps, and instances side by side end in every order.
 */
import { describe, expect, test } from 'vitest';
import { visibleVariables } from '../../engine/core/enclosing-scopes.ts';
import { step } from '../../engine/index.ts';
import type { Mapping, MultiInstance, Plan, StandardLoop, Variables } from '../../engine/model/plan.ts';
import type { EngineEvent, StepResult, Wait } from '../../engine/model/types.ts';
import { decodeState, encodeState } from '../../engine/snapshot/snapshot.ts';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { Play, someone } from './support/play.ts';

const items = ['x', 'y', 'z'];
const given: Variables = { src: 's', items };

const loops = ['none', 'parallel', 'sequential', 'standard'] as const;
type Loop = (typeof loops)[number];

/** What the element brings as its n-th instance. A script brings one result, which is the same each time. */
const elements = {
  userTask: (n: number): Variables => ({ res: `r${n}`, other: `o${n}` }),
  serviceTask: (n: number): Variables => ({ res: `r${n}`, other: `o${n}` }),
  sendTask: (n: number): Variables => ({ res: `r${n}`, loopCounter: 99 }),
  callActivity: (n: number): Variables => ({ res: `r${n}`, item: `i${n}` }),
  receiveTask: (n: number): Variables => ({ res: `r${n}`, all: 'spoilt' }),
  scriptTask: (): Variables => ({ res: 'made' }),
  subProcess: (n: number): Variables => ({ res: `r${n}`, other: `o${n}` }),
  transaction: (n: number): Variables => ({ res: `r${n}`, mine: `m${n}` }),
  adHocSubProcess: (n: number): Variables => ({ res: `r${n}`, other: `o${n}` }),
  intermediateCatchEvent: (n: number): Variables => ({ res: `r${n}`, other: `o${n}` }),
};
type Kind = keyof typeof elements;
const holdsTokens: readonly Kind[] = ['subProcess', 'transaction', 'adHocSubProcess'];

const map = (target: string, source: string): Mapping => ({ source: feel(source), target });
const mappings: Record<string, { inputs?: Mapping[]; outputs?: Mapping[] }> = {
  'no mapping': {},
  'an input': { inputs: [map('mine', 'src')] },
  'an input that hides the result': { inputs: [map('res', 'src')] },
  'an output': { outputs: [map('out', 'res')] },
  'an output that keeps its name': { outputs: [map('res', 'res')] },
  'inputs and outputs': {
    inputs: [map('mine', 'src'), map('res', 'mine')],
    outputs: [map('out', 'res'), map('o.p', 'mine')],
  },
};

const scopes = ['process', 'subProcess', 'transaction', 'adHocSubProcess', 'eventSubProcess'] as const;
type Scope = (typeof scopes)[number];

interface Case {
  kind: Kind;
  loop: Loop;
  inputs: Mapping[];
  outputs: Mapping[];
  scope: Scope;
  /** The scope has a variable `out` and one `res` of its own. */
  holding: boolean;
  /** In which the instances end. */
  order: number[];
}

// The rules.

type Frames = Variables[];
const find = (frames: Frames, name: string) => frames.find((frame) => Object.hasOwn(frame, name));
const read = (frames: Frames, name: string) => find(frames, name)?.[name] ?? null;
/** The nearest frame that has it, else the process. */
const put = (frames: Frames, name: string, value: Variables[string]) => {
  (find(frames, name) ?? frames.at(-1)!)[name] = value;
};

function putOutput(frames: Frames, target: string, value: Variables[string]): void {
  const [name, part] = target.split('.') as [string, string?];
  if (part === undefined) put(frames, name, value);
  else put(frames, name, { ...(read(frames, name) as Variables | null), [part]: value });
}

const nameIn = ({ source }: Mapping): string => ('feel' in source ? source.feel : source.literal);

/** One instance: its own variables, then its inputs, its results, its outputs. @returns what its output element reads */
function runOne({ kind, loop, inputs, outputs }: Case, n: number, around: Frames): Variables[string] {
  const own: Variables = {};
  if (loop !== 'none') own['loopCounter'] = n + 1;
  if (loop === 'parallel' || loop === 'sequential') Object.assign(own, { item: items[n], res: null });
  const instance = loop !== 'none';
  const inputsMade: Variables = {};
  for (const one of inputs) inputsMade[one.target] = read([inputsMade, own, ...around], nameIn(one));
  Object.assign(own, inputsMade);
  const results = elements[kind](n);
  const inside = holdsTokens.includes(kind);
  const local: Variables = {};
  for (const [name, value] of Object.entries(results)) {
    if (inside) put([own, ...around], name, value);
    else if (outputs.length > 0 || Object.hasOwn(own, name)) local[name] = value;
    else put(around, name, value);
  }
  const seen: Frames = [local, own, ...around];
  const made = outputs.map((one): [string, Variables[string]] => [one.target, read(seen, nameIn(one))]);
  const fresh: Variables = {};
  for (const [target, value] of made) {
    if (instance && Object.hasOwn(own, target)) fresh[target] = value;
    else putOutput(around, target, value);
  }
  return read([fresh, ...seen], 'res');
}

/** The frames after all, from the scope of the element outwards. */
function expected(one: Case): Frames {
  const process: Variables = structuredClone(given);
  const around: Frames = [...(one.scope === 'process' ? [] : [one.holding ? { out: null, res: null } : {}]), process];
  switch (one.loop) {
    case 'none':
      runOne(one, 0, around);
      break;
    case 'standard':
      for (const n of [0, 1]) runOne(one, n, around);
      break;
    default: {
      const body: Variables = { all: items.map(() => null) };
      const collected: Variables[string][] = items.map(() => null);
      for (const n of one.order) {
        collected[n] = runOne(one, n, [body, ...around]);
        body['all'] = [...collected];
      }
      put(around, 'all', collected);
    }
  }
  return around;
}

// The engine.

const multi = (sequential: boolean): MultiInstance => ({
  type: 'multi',
  sequential,
  inputCollection: feel('items'),
  inputElement: 'item',
  outputCollection: 'all',
  outputElement: feel('res'),
  behavior: 'all',
});
const loopOf: Record<Loop, MultiInstance | StandardLoop | undefined> = {
  none: undefined,
  parallel: multi(false),
  sequential: multi(true),
  standard: { type: 'standard', testBefore: false, condition: feel('loopCounter < 2') },
};

function drawElement(builder: PlanBuilder, { kind, loop, inputs, outputs }: Case): void {
  const loopOfIt = loopOf[loop];
  const more = { inputs, outputs, ...(loopOfIt && { loop: loopOfIt }) };
  const correlationKey = feel(loop === 'parallel' || loop === 'sequential' ? 'item' : '"k"');
  switch (kind) {
    case 'subProcess':
    case 'transaction':
    case 'adHocSubProcess':
      builder.scope(kind, 'It', (inside) => inside.add('userTask', 'In'), more);
      return;
    case 'receiveTask':
      builder.add(kind, 'It', { ...more, message: { name: literal('m'), correlationKey } });
      return;
    case 'intermediateCatchEvent':
      builder.add(kind, 'It', { inputs, outputs, events: [{ type: 'message', name: literal('m'), correlationKey }] });
      return;
    case 'scriptTask':
      builder.add(kind, 'It', { ...more, script: { source: feel('"made"'), resultVariable: 'res' } });
      return;
    default:
      builder.add(kind, 'It', more);
  }
}

function planOf(one: Case): Plan {
  const builder = aPlan();
  const line = (inside: PlanBuilder) => {
    drawElement(inside, one);
    inside.add('userTask', 'Probe').flow('It', 'Probe');
  };
  const holding = one.holding ? { inputs: [map('out', 'null'), map('res', 'null')] } : {};
  switch (one.scope) {
    case 'process':
      line(builder);
      break;
    case 'eventSubProcess':
      builder.add('userTask', 'Main').scope(
        'eventSubProcess',
        'Around',
        (inside) => {
          inside.add('startEvent', 'Go', { interrupting: false, events: [{ type: 'message', name: literal('go') }] });
          line(inside);
          inside.flow('Go', 'It');
        },
        holding,
      );
      break;
    default:
      builder.scope(one.scope, 'Around', line, holding);
  }
  return builder.build();
}

/** The wait of the n-th instance: of the one inside it, where it is a scope. */
function waitOf(p: Play, one: Case, n: number): Wait {
  const place = holdsTokens.includes(one.kind) ? 'In' : 'It';
  const all = Object.values(p.state.waits).filter(({ element, kind }) => element === place && kind !== 'multi');
  const indexOf = (wait: Wait) => (place === 'It' ? wait : p.state.waits[wait.scope!])?.index ?? 0;
  const wait = all.find((candidate) => one.loop === 'none' || indexOf(candidate) === n);
  if (!wait) throw new Error(`There is no instance ${n}, only ${p.waiting().join(', ')}.`);
  return wait;
}

function bring(p: Play, one: Case, n: number): EngineEvent {
  const wait = waitOf(p, one, n);
  const variables = elements[one.kind](n);
  const { key } = wait;
  switch (wait.kind) {
    case 'task':
      return { type: 'task', key, action: { type: 'complete', variables }, by: someone };
    case 'job':
      return { type: 'job-completed', key, variables };
    case 'call':
      return { type: 'call-completed', key, variables };
    default: {
      const correlationKey = one.loop === 'parallel' || one.loop === 'sequential' ? items[n]! : 'k';
      return { type: 'message', id: `m${n}`, name: 'm', correlationKey, variables };
    }
  }
}

/** Goes on by what was written down; the other checks of a play are for tests of fewer steps. */
class Rewritten extends Play {
  override send(event: EngineEvent): StepResult {
    const result = step(this.plan, this.state, event, this.env);
    this.commands.push(...result.commands);
    this.state = decodeState(this.plan, JSON.parse(JSON.stringify(encodeState(this.plan, result.state))));
    return result;
  }
}

function actual(one: Case): { seen: Variables; process: Variables } {
  const p = new Rewritten(planOf(one));
  const send = (event: EngineEvent) => p.send(event);
  send({ type: 'start', variables: structuredClone(given) });
  if (one.scope === 'eventSubProcess') send({ type: 'message', id: 'go', name: 'go', variables: {} });
  if (one.kind !== 'scriptTask') for (const n of one.order) send(bring(p, one, n));
  const seen = visibleVariables(p.state, p.at('Probe').key);
  for (const element of ['Probe', ...(one.scope === 'eventSubProcess' ? ['Main'] : [])])
    send({ type: 'task', key: p.at(element).key, action: { type: 'complete', variables: {} }, by: someone });
  expect(p.state.status).toBe('completed');
  return { seen, process: p.variables };
}

// The table.

function permutations(list: number[]): number[][] {
  if (list.length < 2) return [list];
  return list.flatMap((first) => permutations(list.filter((n) => n !== first)).map((rest) => [first, ...rest]));
}

/** Every order where the mapping takes part in none of it, else one that is not that of the items. */
function ordersOf(kind: Kind, loop: Loop, plain: boolean): number[][] {
  if (loop === 'none') return [[0]];
  if (loop === 'standard') return [[0, 1]];
  if (loop === 'sequential' || kind === 'scriptTask') return [[0, 1, 2]];
  return plain ? permutations([0, 1, 2]) : [[2, 0, 1]];
}

function casesOf(scope: Scope, kind: Kind, loop: Loop): [string, Case][] {
  const cases: [string, Case][] = [];
  for (const [mapping, { inputs = [], outputs = [] }] of Object.entries(mappings))
    for (const holding of scope === 'process' ? [false] : [false, true])
      for (const order of ordersOf(kind, loop, inputs.length + outputs.length === 0))
        cases.push([
          `${mapping}${holding ? ', scope holds it' : ''}, order ${order}`,
          { kind, loop, inputs, outputs, scope, holding, order },
        ]);
  return cases;
}

describe.each(scopes)('in a scope of kind %s', (scope) => {
  describe.each(Object.keys(elements) as Kind[])('%s', (kind) => {
    const possible = loops.filter((loop) => kind !== 'intermediateCatchEvent' || loop === 'none');
    test.each(possible)('with loop %s leaves each variable where it belongs', (loop) => {
      for (const [name, one] of casesOf(scope, kind, loop)) {
        const frames = expected(one);
        const seen: Variables = Object.assign({}, ...[...frames].reverse());
        expect(actual(one), name).toEqual({ seen, process: frames.at(-1) });
      }
    });
  });
});
