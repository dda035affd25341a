/** Visibility and ownership of data (BPMN 2.0.2, 10.4.1, 10.4.2). */
import { child, childrenOf, isA, type ModdleElement } from '../element.ts';
import { dataHint, itemOf } from './data.ts';
import { named, type Rule } from './rule.ts';

/** Whether it is contained in the element, at any depth, or is the element itself. */
function isInside(inner: ModdleElement, outer: ModdleElement): boolean {
  for (let current: ModdleElement | undefined = inner; current; current = current.$parent)
    if (current === outer) return true;
  return false;
}

/** A data object is visible in its scope and everything within. */
export const canSee = (at: ModdleElement, object: ModdleElement): boolean =>
  object.$parent === undefined || isInside(at, object.$parent);

const objectOf = (end: ModdleElement): ModdleElement | undefined => {
  const object = child(end, 'dataObjectRef') ?? end;
  return isA(object, 'bpmn:DataObject') ? object : undefined;
};

const endsOf = (association: ModdleElement): ModdleElement[] => [
  ...childrenOf(association, 'sourceRef'),
  ...[child(association, 'targetRef')].flatMap((end) => end ?? []),
];

/** The process or global task whose own input or output it is. */
function callableOf(data: ModdleElement): ModdleElement | undefined {
  const owner = data.$parent && isA(data.$parent, 'bpmn:InputOutputSpecification') ? data.$parent.$parent : undefined;
  return owner && isA(owner, 'bpmn:CallableElement') ? owner : undefined;
}

export const dataScopeRules: Rule[] = [
  {
    code: 'data-reference-type',
    constraint: 'EXT074',
    section: '10.4.1',
    of: 'bpmn:DataObjectReference',
    hint: 'Give the item definition to the data object.',
    broken: (reference) =>
      itemOf(reference) ? 'A reference to a data object has an item definition of its own.' : undefined,
  },
  {
    code: 'data-object-state',
    constraint: 'EXT075',
    section: '10.4.1',
    of: 'bpmn:DataObject',
    hint: 'Give the state to the reference (dataObjectReference).',
    broken: (object) => (child(object, 'dataState') ? 'A data object has a state.' : undefined),
  },
  {
    code: 'data-out-of-scope',
    section: '10.4.1',
    of: 'bpmn:DataObjectReference',
    hint: 'Declare the data object in a scope around it.',
    broken: (reference) => {
      const object = child(reference, 'dataObjectRef');
      return object && isA(object, 'bpmn:DataObject') && !canSee(reference, object)
        ? `It refers to ${named(object)}, which lives in another scope.`
        : undefined;
    },
  },
  {
    code: 'data-out-of-scope',
    section: '10.4.1',
    of: 'bpmn:FlowNode',
    hint: 'Declare the data object in a scope around it.',
    broken: (node) => {
      const ends = ['dataInputAssociations', 'dataOutputAssociations'].flatMap((list) =>
        childrenOf(node, list).flatMap(endsOf),
      );
      const hidden = ends.map(objectOf).find((object) => object && !canSee(node, object));
      return hidden && `It reads or writes ${named(hidden)}, which lives in another scope.`;
    },
  },
  {
    code: 'process-data-input',
    constraint: 'EXT080',
    section: '10.4.1',
    of: 'bpmn:DataAssociation',
    hint: 'Write into a data object: the inputs of a process come with its start.',
    broken: (association) => {
      const target = child(association, 'targetRef');
      return target && isA(target, 'bpmn:DataInput') && callableOf(target)
        ? `A data association leads to ${named(target)}, an input of the process.`
        : undefined;
    },
  },
  {
    code: 'process-data-output',
    constraint: 'EXT082',
    section: '10.4.1',
    of: 'bpmn:DataAssociation',
    hint: 'Read from a data object: the outputs of a process leave it.',
    broken: (association) => {
      const source = childrenOf(association, 'sourceRef').find((end) => isA(end, 'bpmn:DataOutput') && callableOf(end));
      return source && `A data association leads from ${named(source)}, an output of the process.`;
    },
  },
  {
    code: 'association-elsewhere',
    section: '10.4.2',
    of: 'bpmn:DataInputAssociation',
    hint: 'Lead it to a data input or property of the activity or event that has it.',
    broken: (association) => {
      const [target, owner] = [child(association, 'targetRef'), association.$parent];
      return target && owner && !isInside(target, owner)
        ? `It leads to ${named(target)}, which is no data of the activity or event it belongs to.`
        : undefined;
    },
  },
  {
    code: 'association-elsewhere',
    section: '10.4.2',
    of: 'bpmn:DataOutputAssociation',
    hint: 'Lead it from a data output or property of the activity or event that has it.',
    broken: (association) => {
      const owner = association.$parent;
      const source = childrenOf(association, 'sourceRef').find((end) => owner && !isInside(end, owner));
      return source && `It leads from ${named(source)}, which is no data of the activity or event it belongs to.`;
    },
  },
  ...(
    [
      ['bpmn:InputSet', 'dataInputRefs', 'dataInputs'],
      ['bpmn:OutputSet', 'dataOutputRefs', 'dataOutputs'],
    ] as const
  ).map(
    ([of, refs, all]): Rule => ({
      code: 'data-set-foreign',
      section: '10.4.1',
      of,
      hint: dataHint,
      broken: (set) => {
        const own = set.$parent ? childrenOf(set.$parent, all) : [];
        const foreign = childrenOf(set, refs).find((data) => !own.includes(data));
        return foreign && `The set holds ${named(foreign)}, which is declared elsewhere.`;
      },
    }),
  ),
];
