/** The elements of a plan, by kind. */
import type {
  DataAssociation,
  JobDefinition,
  ListenerEvent,
  Mapping,
  MultiInstance,
  StandardLoop,
  UserTaskDefinition,
} from './activities.ts';
import type { EventDefinition } from './event-definitions.ts';
import type { ElementId, Expression, FlowId } from './values.ts';

interface Node {
  id: ElementId;
  /** The user's words from the diagram. */
  name?: string;
  /** The enclosing scope element; null for the process itself. */
  parent: ElementId | null;
  /** `careloop:stage`: the stage of the business process that begins here. */
  stage?: string;
  /** `careloop:movesMoney`: changes that touch it take a second person. */
  movesMoney?: boolean;
  /** `zeebe:properties`, kept for whoever reads the plan. */
  properties?: Record<string, string>;
  /** Jobs that run before the element continues, in order. */
  listeners?: Partial<Record<ListenerEvent, JobDefinition[]>>;
}

interface FlowNode extends Node {
  incoming: FlowId[];
  outgoing: FlowId[];
  defaultFlow?: FlowId;
}

/** What every activity may carry (BPMN 2.0.2, 10.3). */
interface Activity extends FlowNode {
  boundary?: ElementId[];
  inputs?: Mapping[];
  outputs?: Mapping[];
  loop?: StandardLoop | MultiInstance;
  forCompensation?: boolean;
  startQuantity?: number;
  completionQuantity?: number;
  dataInputs?: DataAssociation[];
  dataOutputs?: DataAssociation[];
}

interface ScopeNode extends Activity {
  /** Where tokens begin: the none start event, or the nodes without incoming flow (BPMN 2.0.2, 13.3.2 implicit start). */
  starts: ElementId[];
  eventSubProcesses?: ElementId[];
  properties?: Record<string, string>;
  /** Data objects and properties. */
  data?: { id: string; name: string; isCollection: boolean; property?: true }[];
}

export type PlanElement =
  | ({ kind: 'process'; executable: boolean } & Omit<ScopeNode, 'boundary' | 'loop'>)
  | ({ kind: 'subProcess' | 'transaction' } & ScopeNode)
  | ({ kind: 'eventSubProcess' } & ScopeNode)
  | ({
      kind: 'adHocSubProcess';
      ordering: 'parallel' | 'sequential';
      completionCondition?: Expression;
      cancelRemaining: boolean;
      activeElements?: Expression;
      /** The variable that collects the outputs of the branches, and the expression for each. */
      collects?: { into: string; element: Expression };
    } & ScopeNode)
  | ({ kind: 'task' | 'manualTask' } & Activity)
  | ({ kind: 'userTask'; user: UserTaskDefinition } & Activity)
  | ({ kind: 'serviceTask'; job: JobDefinition } & Activity)
  | ({
      kind: 'sendTask';
      job?: JobDefinition;
      /** Without a job: what it publishes itself (BPMN 2.0.2, 10.3.3 messageRef). */
      message?: { name: Expression; correlationKey?: Expression };
    } & Activity)
  | ({
      kind: 'scriptTask';
      script?: { source: Expression; resultVariable?: string; format?: string };
      job?: JobDefinition;
    } & Activity)
  | ({
      kind: 'businessRuleTask';
      decision?: { id: Expression; resultVariable: string; binding: string };
      job?: JobDefinition;
    } & Activity)
  | ({
      kind: 'receiveTask';
      message: { name: Expression; correlationKey?: Expression };
      instantiate: boolean;
    } & Activity)
  | ({
      kind: 'callActivity';
      process: Expression;
      binding: string;
      /** `careloop:businessKey`; absent: `<business key of this instance>-<wait key>`. */
      businessKey?: Expression;
      propagateAllParent: boolean;
      propagateAllChild: boolean;
    } & Activity)
  | ({ kind: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway' } & FlowNode)
  | ({ kind: 'complexGateway'; activationCondition?: Expression } & FlowNode)
  | ({ kind: 'eventBasedGateway'; instantiate: boolean; parallel: boolean } & FlowNode)
  | ({ kind: 'startEvent'; events: EventDefinition[]; interrupting: boolean; parallelMultiple: boolean } & FlowNode & {
        outputs?: Mapping[];
        dataOutputs?: DataAssociation[];
        /** `careloop:facilities`: where a timer begins the process; absent: at every facility. */
        facilities?: string[];
      })
  | ({ kind: 'intermediateCatchEvent'; events: EventDefinition[]; parallelMultiple: boolean } & FlowNode & {
        inputs?: Mapping[];
        outputs?: Mapping[];
        dataOutputs?: DataAssociation[];
      })
  | ({
      kind: 'boundaryEvent';
      events: EventDefinition[];
      interrupting: boolean;
      parallelMultiple: boolean;
      attachedTo: ElementId;
      /** The activity a compensation boundary event is associated with (BPMN 2.0.2, 10.7.1). */
      handler?: ElementId;
    } & FlowNode & { outputs?: Mapping[]; dataOutputs?: DataAssociation[] })
  | ({ kind: 'intermediateThrowEvent' | 'endEvent'; events: EventDefinition[]; job?: JobDefinition } & FlowNode & {
        inputs?: Mapping[];
        dataInputs?: DataAssociation[];
        outputs?: Mapping[];
      });

export type ElementKind = PlanElement['kind'];
export type ElementOf<K extends ElementKind> = PlanElement extends infer E
  ? E extends PlanElement
    ? [Extract<E['kind'], K>] extends [never]
      ? never
      : E
    : never
  : never;

/** Kinds that hold tokens of their own. */
export type ScopeKind = Extract<PlanElement, { starts: ElementId[] }>['kind'];
