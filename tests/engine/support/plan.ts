/** Builds plans for tests: elements and flows in a few words, without a definition. */
import { reachOf } from '../../../engine/compile/inclusive-reach.ts';
import type {
  ElementId,
  ElementKind,
  ElementOf,
  Expression,
  Plan,
  PlanElement,
  PlanFlow,
  PlanForm,
} from '../../../engine/model/plan.ts';

type Filled =
  | 'id'
  | 'kind'
  | 'parent'
  | 'incoming'
  | 'outgoing'
  | 'starts'
  | 'boundary'
  | 'eventSubProcesses'
  | 'attachedTo';
type More<K extends ElementKind> = Partial<Omit<ElementOf<K>, Filled>>;

export const feel = (source: string): Expression => ({ feel: source });
export const literal = (value: string): Expression => ({ literal: value });

const scopes: readonly ElementKind[] = ['process', 'subProcess', 'transaction', 'eventSubProcess', 'adHocSubProcess'];

const defaults: { [K in ElementKind]?: object } = {
  userTask: { user: {} },
  serviceTask: { job: { type: literal('work') } },
  sendTask: { job: { type: literal('send') } },
  receiveTask: { message: { name: literal('message') }, instantiate: false },
  callActivity: { process: literal('called'), binding: 'latest', propagateAllParent: true, propagateAllChild: true },
  eventBasedGateway: { instantiate: false, parallel: false },
  startEvent: { events: [], interrupting: true, parallelMultiple: false },
  intermediateCatchEvent: { events: [], parallelMultiple: false },
  intermediateThrowEvent: { events: [] },
  endEvent: { events: [] },
  adHocSubProcess: { ordering: 'parallel', cancelRemaining: true },
};

export interface PlanBuilder {
  /** Adds an element to the scope that is open. */
  add<K extends ElementKind>(kind: K, id: ElementId, more?: More<K>): PlanBuilder;
  /** Attaches a boundary event. */
  boundary(on: ElementId, id: ElementId, more: More<'boundaryEvent'>): PlanBuilder;
  /** Adds a scope, whose elements the function adds. */
  scope(
    kind: 'subProcess' | 'transaction' | 'eventSubProcess' | 'adHocSubProcess',
    id: ElementId,
    fill: (inside: PlanBuilder) => void,
    more?: object,
  ): PlanBuilder;
  /** A chain of flows through the elements named; ids of flows are `source-target`. */
  flow(...ids: ElementId[]): PlanBuilder;
  /** One flow with a condition, a name or an id of its own. */
  branch(source: ElementId, target: ElementId, more?: { condition?: string; id?: string; default?: true }): PlanBuilder;
  form(form: PlanForm): PlanBuilder;
  build(): Plan;
}

export function aPlan(key = 'process'): PlanBuilder {
  const elements: Record<ElementId, PlanElement> = {};
  const flows: Record<string, PlanFlow> = {};
  const forms: Record<string, PlanForm> = {};
  put('process', key, null, { executable: true });

  function put(kind: ElementKind, id: ElementId, parent: ElementId | null, more: object): void {
    const base = { id, parent, incoming: [], outgoing: [], ...(scopes.includes(kind) && { starts: [] }) };
    elements[id] = { kind, ...base, ...defaults[kind], ...more } as PlanElement;
  }

  function list(
    id: ElementId,
    name: 'boundary' | 'eventSubProcesses' | 'outgoing' | 'incoming' | 'starts',
    value: string,
  ) {
    const element = elements[id] as unknown as Record<string, string[] | undefined>;
    element[name] = [...(element[name] ?? []), value];
  }

  function inside(parent: ElementId): PlanBuilder {
    const builder: PlanBuilder = {
      add(kind, id, more = {}) {
        put(kind, id, parent, more);
        return builder;
      },
      boundary(on, id, more) {
        put('boundaryEvent', id, parent, { interrupting: true, parallelMultiple: false, attachedTo: on, ...more });
        list(on, 'boundary', id);
        return builder;
      },
      scope(kind, id, fill, more = {}) {
        put(kind, id, parent, more);
        if (kind === 'eventSubProcess') list(parent, 'eventSubProcesses', id);
        fill(inside(id));
        return builder;
      },
      flow(...ids) {
        for (let i = 1; i < ids.length; i++) builder.branch(ids[i - 1]!, ids[i]!);
        return builder;
      },
      branch(source, target, more = {}) {
        const id = more.id ?? `${source}-${target}`;
        flows[id] = { id, source, target, ...(more.condition !== undefined && { condition: feel(more.condition) }) };
        list(source, 'outgoing', id);
        list(target, 'incoming', id);
        if (more.default) (elements[source] as { defaultFlow?: string }).defaultFlow = id;
        return builder;
      },
      form(form) {
        forms[form.id] = form;
        return builder;
      },
      build() {
        for (const element of Object.values(elements)) {
          if (element.parent === null || element.kind === 'boundaryEvent' || element.kind === 'eventSubProcess')
            continue;
          if ('forCompensation' in element && element.forCompensation) continue;
          if (element.kind === 'intermediateCatchEvent' && element.events[0]?.type === 'link') continue;
          if ('incoming' in element && element.incoming.length === 0) list(element.parent, 'starts', element.id);
        }
        const plan: Plan = { format: 1, key, name: key, elements, flows, forms };
        const reach = reachOf(plan);
        return reach ? { ...plan, reach } : plan;
      },
    };
    return builder;
  }
  return inside(key);
}
