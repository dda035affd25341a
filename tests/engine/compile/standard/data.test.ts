/** Data objects, inputs and outputs, their sets and associations (BPMN 2.0.2, 10.4). */
import { describe } from 'vitest';
import { around, flow } from '../builders.ts';
import { formal, io, items, main, type Shown, show } from './pieces.ts';

const object = (id = 'D', attributes = ''): string => `<bpmn:dataObject id="${id}" name="order" ${attributes}/>`;
const reference = (inside = '', attributes = 'dataObjectRef="D"'): string =>
  `<bpmn:dataObjectReference id="R" name="order" ${attributes}>${inside}</bpmn:dataObjectReference>`;
const state = '<bpmn:dataState id="St" name="open"/>';
const into = (source: string, target: string): string =>
  `<bpmn:dataInputAssociation id="In"><bpmn:sourceRef>${source}</bpmn:sourceRef><bpmn:targetRef>${target}</bpmn:targetRef></bpmn:dataInputAssociation>`;
const outOf = (source: string, target: string): string =>
  `<bpmn:dataOutputAssociation id="Out"><bpmn:sourceRef>${source}</bpmn:sourceRef><bpmn:targetRef>${target}</bpmn:targetRef></bpmn:dataOutputAssociation>`;
const task = (inside: string): string => around(`<bpmn:task id="A">${inside}</bpmn:task>`);
const inner = (inside: string, id = 'A'): string =>
  `<bpmn:subProcess id="${id}"><bpmn:startEvent id="${id}S"/>${inside}<bpmn:task id="${id}T"/><bpmn:endEvent id="${id}E"/>${flow(`${id}1`, `${id}S`, `${id}T`)}${flow(`${id}2`, `${id}T`, `${id}E`)}</bpmn:subProcess>`;
const sets = (inputSets: string): string =>
  task(`<bpmn:ioSpecification><bpmn:dataInput id="i" name="i"/>${inputSets}<bpmn:outputSet/></bpmn:ioSpecification>`);
const many = (inside: string, activity: string): string =>
  activity.replace(
    /<\/bpmn:(task|subProcess)>/,
    `<bpmn:multiInstanceLoopCharacteristics>${inside}</bpmn:multiInstanceLoopCharacteristics></bpmn:$1>`,
  );
const over = '<bpmn:loopDataInputRef>i</bpmn:loopDataInputRef>';
const collecting = '<bpmn:loopDataOutputRef>o</bpmn:loopDataOutputRef>';
const three = formal('loopCardinality', '3');

const cases: Shown[] = [
  [
    'a data object has no states',
    'data-object-state D',
    [main + object('D').replace('/>', `>${state}</bpmn:dataObject>`)],
    [main + object() + reference(state).replace('name="order" dataObjectRef', 'name="order [open]" dataObjectRef')],
  ],
  [
    'a reference to a data object has no type of its own',
    'data-reference-type R',
    [main + object() + reference('', 'dataObjectRef="D" itemSubjectRef="One"'), items],
    [main + object('D', 'itemSubjectRef="One"') + reference(), items],
  ],
  [
    'a reference refers to a data object',
    'missing-part R',
    [main + object() + reference('', '')],
    [main + object() + reference()],
  ],
  [
    'a reference is in the scope of its object',
    'data-out-of-scope R',
    [around(inner(object())) + reference()],
    [around(inner(reference())) + object()],
  ],
  [
    'an association reaches the objects of its scope only',
    'data-out-of-scope A',
    [
      `${around(`<bpmn:task id="A">${io(['i'], [])}${into('D', 'i')}</bpmn:task><bpmn:task id="Z"/>`).replace(flow('f2', 'A', 'E'), flow('f2', 'A', 'B'))}${inner(object(), 'B')}${flow('f3', 'B', 'Z')}${flow('f4', 'Z', 'E')}`,
    ],
    [task(io(['i'], []) + into('D', 'i')) + object()],
  ],
  [
    'no data association leads to an input of a process',
    'process-data-input Out',
    [io(['pi'], []) + task(io([], ['o']) + outOf('o', 'pi'))],
    [io(['pi'], []) + task(io([], ['o']) + outOf('o', 'D')) + object()],
  ],
  [
    'no data association leads from an output of a process',
    'process-data-output In',
    [io([], ['po']) + task(io(['i'], []) + into('po', 'i'))],
    [io([], ['po']) + task(io(['i'], []) + into('D', 'i')) + object()],
  ],
  [
    'an input association leads to data of its activity',
    'association-elsewhere In',
    [task(io(['i'], []) + into('D', 'D2')) + object() + object('D2')],
    [task(io(['i'], []) + into('D', 'i')) + object()],
  ],
  [
    'an output association leads from data of its activity',
    'association-elsewhere Out',
    [task(io([], ['o']) + outOf('D', 'D2')) + object() + object('D2')],
    [task(io([], ['o']) + outOf('o', 'D')) + object()],
  ],
  [
    'an association leads somewhere',
    'missing-part In',
    [task(io(['i'], []) + into('D', 'i').replace('<bpmn:targetRef>i</bpmn:targetRef>', '')) + object()],
    [task(io(['i'], []) + into('D', 'i')) + object()],
  ],
  [
    'an assignment says whereto',
    'missing-part In',
    [
      task(
        io(['i'], []) +
          into('D', 'i').replace(
            '</bpmn:dataInputAssociation>',
            `<bpmn:assignment>${formal('from', '=D')}</bpmn:assignment></bpmn:dataInputAssociation>`,
          ),
      ) + object(),
    ],
    [
      task(
        io(['i'], []) +
          into('D', 'i').replace(
            '</bpmn:dataInputAssociation>',
            `<bpmn:assignment>${formal('from', '=D')}${formal('to', 'i')}</bpmn:assignment></bpmn:dataInputAssociation>`,
          ),
      ) + object(),
    ],
  ],
  [
    'inputs come in sets',
    'missing-part A',
    [task('<bpmn:ioSpecification><bpmn:outputSet/></bpmn:ioSpecification>')],
    [task(io([], []))],
  ],
  [
    'outputs go in sets',
    'missing-part A',
    [task('<bpmn:ioSpecification><bpmn:inputSet/></bpmn:ioSpecification>')],
    [task(io([], []))],
  ],
  [
    'a set holds data of its specification',
    'data-set-foreign Is',
    [
      sets(
        '<bpmn:inputSet id="Is"><bpmn:dataInputRefs>i</bpmn:dataInputRefs><bpmn:dataInputRefs>pi</bpmn:dataInputRefs></bpmn:inputSet>',
      ) + io(['pi'], []),
    ],
    [sets('<bpmn:inputSet id="Is"><bpmn:dataInputRefs>i</bpmn:dataInputRefs></bpmn:inputSet>') + io(['pi'], [])],
  ],
  [
    'the results of a loop go to an output of its task',
    'loop-data-output A',
    [many(three + collecting.replace('>o<', '>D<'), task(io([], ['o']))) + object()],
    [many(three + collecting, task(io([], ['o'], 'isCollection="true"')))],
  ],
  [
    'a loop is over a collection',
    'loop-data-single A',
    [many(over, task(io(['i'], []) + into('D', 'i'))) + object()],
    [many(over, task(io(['i'], [], 'isCollection="true"') + into('D', 'i'))) + object()],
    'warning',
  ],
  [
    'a subprocess loops over an object that it can see',
    'loop-data-out-of-scope A',
    [many(over.replace('>i<', '>D<'), around(inner(object('D', 'isCollection="true"'))))],
    [many(over.replace('>i<', '>D<'), around(inner(''))) + object('D', 'isCollection="true"')],
  ],
  [
    'a subprocess collects into an object that it can see',
    'loop-data-out-of-scope A',
    [many(three + collecting.replace('>o<', '>D<'), around(inner(object('D', 'isCollection="true"'))))],
    [many(three + collecting.replace('>o<', '>D<'), around(inner(''))) + object('D', 'isCollection="true"')],
  ],
  [
    'a reference is named as its object',
    'data-reference-name R',
    [main + object() + reference(state).replace('name="order"', 'name="bill"')],
    [main + object() + reference(state).replace('name="order"', 'name="order [open]"')],
  ],
  [
    'the state may be left out of the name',
    'data-reference-name R',
    [main + object() + reference(state)],
    [main + object() + reference(state).replace('name="order"', 'name="order [open]"')],
    'warning',
  ],
  [
    'a name in brackets is the state',
    'data-reference-name R',
    [main + object() + reference(state).replace('name="order" dataObjectRef', 'name="order [closed]" dataObjectRef')],
    [main + object() + reference(state).replace('name="order" dataObjectRef', 'name="order [open]" dataObjectRef')],
  ],
];

describe('data', () => show(cases));
