/** Root elements besides processes: imports, extensions, correlation, resources (BPMN 2.0.2, 8.1 to 8.4). */
import { child, childrenOf, flag, isA, type ModdleElement, text } from '../element.ts';
import { named, type Rule } from './rule.ts';

const model = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

const parametersOf = (role: ModdleElement): ModdleElement[] => {
  const resource = child(role, 'resourceRef');
  return resource ? childrenOf(resource, 'resourceParameters') : [];
};
const boundOf = (role: ModdleElement): ModdleElement[] =>
  childrenOf(role, 'resourceParameterBindings').flatMap((binding) => child(binding, 'parameterRef') ?? []);

export const definitionRules: Rule[] = [
  {
    code: 'import-not-read',
    constraint: 'EXT001',
    section: '8.1',
    of: 'bpmn:Import',
    hint: 'Put what it needs of the other diagram into this file, or call its processes by id.',
    broken: (imported) =>
      text(imported, 'importType') === model
        ? `It imports the diagram "${text(imported, 'location') ?? ''}"; a deployed file stands by itself.`
        : undefined,
  },
  {
    code: 'extension-not-understood',
    section: '8.3.3',
    of: 'bpmn:Extension',
    hint: 'Remove the extension, or mustUnderstand="true".',
    broken: (extension) =>
      flag(extension, 'mustUnderstand')
        ? 'The file holds an extension that must be understood, and it is not understood here.'
        : undefined,
  },
  {
    code: 'retrieved-twice',
    section: '8.4.2',
    of: 'bpmn:CorrelationProperty',
    hint: 'Keep one expression for each message.',
    broken: (property) => {
      const messages = childrenOf(property, 'correlationPropertyRetrievalExpression').flatMap(
        (expression) => child(expression, 'messageRef') ?? [],
      );
      const twice = messages.find((message, index) => messages.indexOf(message) !== index);
      return twice && `It is retrieved from the message ${named(twice)} by more than one expression.`;
    },
  },
  {
    code: 'binding-of-other-key',
    section: '8.4.2',
    of: 'bpmn:CorrelationPropertyBinding',
    hint: 'Bind the properties of the key that the subscription names.',
    broken: (binding) => {
      const property = child(binding, 'correlationPropertyRef');
      const key = binding.$parent && child(binding.$parent, 'correlationKeyRef');
      return property && key && !childrenOf(key, 'correlationPropertyRef').includes(property)
        ? `It binds ${named(property)}, which is no property of the key ${named(key)}.`
        : undefined;
    },
  },
  {
    code: 'resource-parameter',
    section: '8.4.12, table 10.6',
    of: 'bpmn:ResourceRole',
    hint: 'Bind the parameters of the resource that it names: all that are required, and no others.',
    broken: (role) => {
      if (!child(role, 'resourceRef')) return undefined;
      const [known, bound] = [parametersOf(role), boundOf(role)];
      const foreign = bound.find((parameter) => !known.includes(parameter));
      if (foreign) return `It binds ${named(foreign)}, which is no parameter of its resource.`;
      const unbound = known.find((parameter) => flag(parameter, 'isRequired') && !bound.includes(parameter));
      return unbound && `The parameter ${named(unbound)} of its resource is required and not bound.`;
    },
  },
  {
    code: 'activity-in-choreography',
    section: '11.5, table 8.60',
    of: 'bpmn:Choreography',
    hint: 'Use choreography tasks, subchoreographies and calls of them.',
    broken: (choreography) => {
      const activity = childrenOf(choreography, 'flowElements').find((element) => isA(element, 'bpmn:Activity'));
      return activity && `The activity ${named(activity)} stands in a choreography.`;
    },
  },
];
