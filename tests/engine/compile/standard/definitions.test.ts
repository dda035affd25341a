/** Definitions, imports, artifacts, correlation, services and resources (BPMN 2.0.2, 8.1 to 8.4). */
import { describe } from 'vitest';
import { around, flow } from '../builders.ts';
import { formal, items, main, message, type Shown, show } from './pieces.ts';

const imported = (attributes: string): string => `<bpmn:import ${attributes}/>`;
const xsd = 'importType="http://www.w3.org/2001/XMLSchema"';
const retrieval = (inside: string, reference = 'messageRef="Msg"'): string =>
  `<bpmn:correlationPropertyRetrievalExpression ${reference}>${inside}</bpmn:correlationPropertyRetrievalExpression>`;
const path = '<bpmn:messagePath>=number</bpmn:messagePath>';
const property = (inside: string, id = 'Number'): string =>
  `<bpmn:correlationProperty id="${id}" name="number">${inside}</bpmn:correlationProperty>`;
const keyed = `${message}${property(retrieval(path))}<bpmn:collaboration id="Co"><bpmn:participant id="Us" name="us" processRef="P"/><bpmn:correlationKey id="Key" name="key"><bpmn:correlationPropertyRef>Number</bpmn:correlationPropertyRef></bpmn:correlationKey></bpmn:collaboration>`;
const subscribed = (binding: string, key = 'correlationKeyRef="Key"'): string =>
  `${main}<bpmn:correlationSubscription id="Sub" ${key}>${binding}</bpmn:correlationSubscription>`;
const binding = (inside: string, reference = 'correlationPropertyRef="Number"'): string =>
  `<bpmn:correlationPropertyBinding id="Binding" ${reference}>${inside}</bpmn:correlationPropertyBinding>`;
const dataPath = '<bpmn:dataPath>=businessKey</bpmn:dataPath>';
const service = (operation: string, name = 'name="Shop"'): string =>
  `<bpmn:interface id="I" ${name}>${operation}</bpmn:interface>${message}`;
const operation = '<bpmn:operation id="O" name="order"><bpmn:inMessageRef>Msg</bpmn:inMessageRef></bpmn:operation>';
const resource = (inside = '', name = 'name="clerks"'): string =>
  `<bpmn:resource id="R" ${name}>${inside}</bpmn:resource>`;
const done = (role: string): string =>
  around(`<bpmn:userTask id="A"><bpmn:potentialOwner id="Role">${role}</bpmn:potentialOwner></bpmn:userTask>`);
const byResource = '<bpmn:resourceRef>R</bpmn:resourceRef>';
const parameter = '<bpmn:resourceParameter id="Region" name="region" isRequired="true"/>';
const bound = `<bpmn:resourceParameterBinding parameterRef="Region">${formal('expression', '="north"')}</bpmn:resourceParameterBinding>`;
const annotated = (association: string): string =>
  `${main}<bpmn:textAnnotation id="N"><bpmn:text>why</bpmn:text></bpmn:textAnnotation><bpmn:association id="As" ${association}/>`;
const typed = (attributes: string): string =>
  `${main.replace('targetRef="E">', `targetRef="E"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" ${attributes}>=a</bpmn:conditionExpression>`)}<bpmn:endEvent id="E2"/>${flow('f9', 'A', 'E2')}`;

const cases: Shown[] = [
  [
    'an import of another diagram',
    'import-not-read Definitions',
    [
      main,
      imported('namespace="http://x.test" location="x.bpmn" importType="http://www.omg.org/spec/BPMN/20100524/MODEL"'),
    ],
    [main, imported(`namespace="http://x.test" location="x.xsd" ${xsd}`)],
  ],
  [
    'an import says whence',
    'missing-part Definitions',
    [main, imported(`namespace="http://x.test" ${xsd}`)],
    [main, imported(`namespace="http://x.test" location="x.xsd" ${xsd}`)],
  ],
  [
    'an import says of what',
    'missing-part Definitions',
    [main, imported('namespace="http://x.test" location="x.xsd"')],
    [main, imported(`namespace="http://x.test" location="x.xsd" ${xsd}`)],
  ],
  [
    'an extension that must be understood',
    'extension-not-understood Definitions',
    [main, '<bpmn:extension mustUnderstand="true" definition="vendor:clock"/>'],
    [main, '<bpmn:extension mustUnderstand="false" definition="vendor:clock"/>'],
  ],
  [
    'an association has two ends',
    'missing-part As',
    [annotated('sourceRef="A"')],
    [annotated('sourceRef="A" targetRef="N"')],
  ],
  [
    'an association has a known direction',
    'unknown-value As',
    [annotated('sourceRef="A" targetRef="N" associationDirection="Left"')],
    [annotated('sourceRef="A" targetRef="N" associationDirection="One"')],
    'warning',
  ],
  [
    'an item is of a known kind',
    'unknown-value One',
    [main, '<bpmn:itemDefinition id="One" itemKind="Thought"/>'],
    [main, '<bpmn:itemDefinition id="One" itemKind="Physical"/>'],
    'warning',
  ],
  [
    'a correlation property is retrieved',
    'missing-part Number',
    [main, message + property('')],
    [main, message + property(retrieval(path))],
  ],
  [
    'it is retrieved from a message',
    'missing-part Number',
    [main, message + property(retrieval(path, ''))],
    [main, message + property(retrieval(path))],
  ],
  [
    'it is retrieved by a path',
    'empty-correlation Number',
    [main, message + property(retrieval(''))],
    [main, message + property(retrieval(path))],
  ],
  [
    'it is retrieved from a message once',
    'retrieved-twice Number',
    [main, message + property(retrieval(path) + retrieval(path))],
    [main, message + property(retrieval(path))],
  ],
  [
    'a subscription has a key',
    'missing-part Sub',
    [subscribed(binding(dataPath), ''), keyed],
    [subscribed(binding(dataPath)), keyed],
  ],
  [
    'a binding has a property',
    'missing-part Binding',
    [subscribed(binding(dataPath, '')), keyed],
    [subscribed(binding(dataPath)), keyed],
  ],
  [
    'a binding has a path',
    'empty-correlation Binding',
    [subscribed(binding('')), keyed],
    [subscribed(binding(dataPath)), keyed],
  ],
  [
    'a binding is of the key',
    'binding-of-other-key Binding',
    [subscribed(binding(dataPath, 'correlationPropertyRef="Else"')), keyed + property(retrieval(path), 'Else')],
    [subscribed(binding(dataPath)), keyed],
  ],
  ['an interface has a name', 'missing-part I', [main, service(operation, '')], [main, service(operation)]],
  ['an interface has operations', 'missing-part I', [main, service('')], [main, service(operation)]],
  [
    'an operation has a name',
    'missing-part O',
    [main, service(operation.replace('name="order"', ''))],
    [main, service(operation)],
  ],
  [
    'an operation takes in a message',
    'missing-part O',
    [main, service('<bpmn:operation id="O" name="order"/>')],
    [main, service(operation)],
  ],
  ['a resource has a name', 'missing-part R', [main, resource('', '')], [main, resource()]],
  [
    'a binding names the parameter',
    'missing-part Role',
    [done(byResource + bound.replace('parameterRef="Region"', '')), resource(parameter)],
    [done(byResource + bound), resource(parameter)],
  ],
  [
    'a parameter is bound to an expression',
    'missing-part Role',
    [done(`${byResource}<bpmn:resourceParameterBinding parameterRef="Region"/>`), resource(parameter)],
    [done(byResource + bound), resource(parameter)],
  ],
  [
    'bindings are of the resource',
    'resource-bindings Role',
    [done(bound), resource(parameter)],
    [done(byResource + bound), resource(parameter)],
  ],
  [
    'a parameter is of the resource named',
    'resource-parameter Role',
    [done(byResource + bound), `${resource()}<bpmn:resource id="R2" name="others">${parameter}</bpmn:resource>`],
    [done(byResource + bound), resource(parameter)],
  ],
  [
    'a required parameter is bound',
    'resource-parameter Role',
    [done(byResource), resource(parameter)],
    [done(byResource + bound), resource(parameter)],
  ],
  [
    'an assignment has an expression',
    'missing-part Role',
    [done('<bpmn:resourceAssignmentExpression/>')],
    [done(`<bpmn:resourceAssignmentExpression>${formal('expression', '="anna"')}</bpmn:resourceAssignmentExpression>`)],
  ],
  [
    'a condition is of the type of its check',
    'unresolved-reference f2',
    [typed('evaluatesToTypeRef="xsd:boolean"')],
    [typed('evaluatesToTypeRef="One"'), items],
    'warning',
  ],
  ['an expression has a language', 'bad-uri f2', [typed('language="a b"')], [typed('')]],
];

describe('definitions', () => show(cases));
