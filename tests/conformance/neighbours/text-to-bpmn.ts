/**
 * Definitions as the public suite writes them (prefix `bpmn2`, lists of flows, no diagram), from lines of text: `a -> b -[condition]-> c`
 * are flows, `id: type attribute=value +timer:PT1S` is an element with an event definition, deeper lines stand inside.
 */

interface Line {
  text: string;
  inside: Line[];
}

interface Flow {
  id: string;
  source: string;
  target: string;
  condition?: string;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const formal = (type: string, text: string): string =>
  `<bpmn2:${type} xsi:type="bpmn2:tFormalExpression">${escaped(text)}</bpmn2:${type}>`;

/** Elements that hold an expression. */
const expressions = new Set([
  'loopCondition',
  'loopCardinality',
  'completionCondition',
  'activationCondition',
  'timeDuration',
  'timeDate',
  'timeCycle',
  'condition',
  'from',
  'to',
  'transformation',
]);

/** What an id stands for that only flows name. */
const byName: [RegExp, (id: string) => string][] = [
  [/^start$/, () => 'script CREATE_LOG_FILE'],
  [/^task(\d+)/, (id) => `script SCRIPT_task${/\d+/.exec(id)?.[0]}`],
  [/^wait/, () => 'script WAIT_TEN_SECONDS'],
  [/^createMarker$/, () => 'script CREATE_MARKER_FILE'],
  [/^increment/, () => 'script INCREMENT_INTEGER_VARIABLE_AND_LOG'],
  [/^throwError$/, () => 'script THROW_ERROR'],
  [/^StartEvent/, () => 'startEvent'],
  [/^EndEvent/, () => 'endEvent'],
  [/^ParallelGateway/, () => 'parallelGateway'],
  [/^ExclusiveGateway/, () => 'exclusiveGateway'],
  [/^InclusiveGateway/, () => 'inclusiveGateway'],
  [/^EventBasedGateway/, () => 'eventBasedGateway'],
  [/^Throw/, () => 'intermediateThrowEvent'],
  [/^Catch/, () => 'intermediateCatchEvent'],
];

function tree(source: string): Line[] {
  const root: Line = { text: '', inside: [] };
  const open: { depth: number; line: Line }[] = [{ depth: -1, line: root }];
  for (const raw of source.split('\n')) {
    if (raw.trim() === '') continue;
    const depth = raw.length - raw.trimStart().length;
    while (open[open.length - 1]!.depth >= depth) open.pop();
    const line: Line = { text: raw.trim(), inside: [] };
    open[open.length - 1]!.line.inside.push(line);
    open.push({ depth, line });
  }
  return root.inside;
}

export function written(name: string, source: string): string {
  let counter = 0;

  function eventDefinition(text: string): string {
    const [, kind = '', value = ''] = /^(\w+)(?::(.*))?$/s.exec(text) ?? [];
    const id = `EventDefinition_${++counter}`;
    const referring = (type: string, reference: string): string =>
      `<bpmn2:${type}EventDefinition id="${id}"${value ? ` ${reference}="${value}"` : ''}/>`;
    const timed = (form: string): string =>
      `<bpmn2:timerEventDefinition id="${id}">${formal(form, value)}</bpmn2:timerEventDefinition>`;
    switch (kind) {
      case 'timer':
        return timed('timeDuration');
      case 'date':
        return timed('timeDate');
      case 'cycle':
        return timed('timeCycle');
      case 'condition':
        return `<bpmn2:conditionalEventDefinition>${formal('condition', value)}</bpmn2:conditionalEventDefinition>`;
      case 'message':
        return `<bpmn2:messageEventDefinition id="${id}" messageRef="${value}"><bpmn2:operationRef>opMsgToProcess</bpmn2:operationRef></bpmn2:messageEventDefinition>`;
      case 'compensate':
        return `<bpmn2:compensateEventDefinition id="${id}" waitForCompletion="true"${value ? ` activityRef="${value}"` : ''}/>`;
      case 'link':
        return `<bpmn2:linkEventDefinition id="${id}" name="${value}"/>`;
      case 'ref':
        return `<bpmn2:eventDefinitionRef>${value}</bpmn2:eventDefinitionRef>`;
      default:
        return referring(kind, `${kind}Ref`);
    }
  }

  function flowsOf(lines: Line[]): Flow[] {
    return lines.flatMap(({ text }) => {
      const steps = text.split(/\s+-(?:\[(.*?)\]-)?>\s+/);
      if (steps.length < 3 || !/-(\[.*?\]-)?>\s/.test(text)) return [];
      const flows: Flow[] = [];
      for (let index = 2; index < steps.length; index += 2) {
        const condition = steps[index - 1];
        flows.push({
          id: `SequenceFlow_${++counter}`,
          source: steps[index - 2]!,
          target: steps[index]!,
          ...(condition !== undefined && { condition }),
        });
      }
      return flows;
    });
  }

  function scope(lines: Line[]): string {
    const flows = flowsOf(lines);
    const others = lines.filter(({ text }) => !/\s-(\[.*?\]-)?>\s/.test(text));
    const declared = new Set(others.flatMap(({ text }) => /^([\w-]+):\s/.exec(text)?.[1] ?? []));
    const implied = new Set(
      flows.flatMap(({ source: from, target }) => [from, target]).filter((id) => !declared.has(id)),
    );
    const nodes = [...implied].map((id) => {
      const found = byName.find(([pattern]) => pattern.test(id));
      if (!found) throw new Error(`Nothing says what ${id} is.`);
      return element({ text: `${id}: ${found[1](id)}`, inside: [] }, flows);
    });
    const drawn = flows.map(({ id, source: from, target, condition }) =>
      condition && condition !== 'default'
        ? `<bpmn2:sequenceFlow id="${id}" name="" sourceRef="${from}" targetRef="${target}">${formal('conditionExpression', condition)}</bpmn2:sequenceFlow>`
        : `<bpmn2:sequenceFlow id="${id}" name="" sourceRef="${from}" targetRef="${target}"/>`,
    );
    return [...nodes, ...others.map((line) => element(line, flows)), ...drawn].join('\n');
  }

  function element({ text, inside }: Line, flows: Flow[]): string {
    const [, id, rest = ''] = /^(?:([\w-]+):\s+)?(.*)$/s.exec(text) ?? [];
    const [head = '', ...definitions] = rest.split(/\s\+(?=\w+)/);
    const [whole = '', body] = head.split(/\s\|\s/);
    const [type = '', ...words] = whole.split(' ');
    if (type === 'script' && id !== undefined)
      return element(
        {
          text: `${id}: scriptTask ${words.slice(1).join(' ')}`,
          inside: [...inside, { text: `script | ${words[0]}`, inside: [] }],
        },
        flows,
      );
    const named = words.find((word) => word !== '' && !word.includes('='));
    const own = id ?? named;
    const attributes = words
      .filter((word) => word.includes('='))
      .map((word) => word.replace(/^([^=]+)=(.*)$/, '$1="$2"'));
    const fallback = flows.find(({ source: from, condition }) => from === own && condition === 'default');
    if (fallback) attributes.push(`default="${fallback.id}"`);
    const label =
      own &&
      !/EventDefinition$|^(association|itemDefinition|laneSet|childLaneSet|data\w+Association|dataObject|\w*Annotation|group)$/.test(
        type,
      )
        ? ` name="${own}"`
        : '';
    const ends = id
      ? [
          ...flows.filter((flow) => flow.target === id).map((flow) => `<bpmn2:incoming>${flow.id}</bpmn2:incoming>`),
          ...flows.filter((flow) => flow.source === id).map((flow) => `<bpmn2:outgoing>${flow.id}</bpmn2:outgoing>`),
        ]
      : [];
    const content = expressions.has(type) ? '' : body === undefined ? '' : escaped(body);
    if (expressions.has(type)) return formal(type, body ?? '');
    return `<bpmn2:${type}${own ? ` id="${own}"${label}` : ''} ${attributes.join(' ')}>${content}${ends.join('')}${definitions.map(eventDefinition).join('')}${scope(inside)}</bpmn2:${type}>`;
  }

  const lines = tree(source);
  const roots = lines.filter(
    ({ text }) =>
      /^(signal|message|error|escalation|itemDefinition|collaboration|\w*EventDefinition|global\w+|\w+: global\w+|dataStore|interface)\b/.test(
        text,
      ) || /^\w+: (\w+EventDefinition)/.test(text),
  );
  const processes = lines.filter(({ text }) => /^process\b/.test(text));
  const own = lines.filter((line) => !roots.includes(line) && !processes.includes(line));
  const messages = roots.some(({ text }) => text.startsWith('message '));
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn2:definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                   xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL"
                   xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL http://www.omg.org/spec/BPMN/20100501/BPMN20.xsd"
                   id="${name}Test" targetNamespace="http://example.org/bpmn/${name}">
${roots.map((line) => element(line, [])).join('\n')}
${messages ? `<bpmn2:itemDefinition id="item" structureRef="String"/>\n<bpmn2:interface id="interface" name="interface"><bpmn2:operation id="opMsgToProcess" name="op"><bpmn2:inMessageRef>message</bpmn2:inMessageRef></bpmn2:operation></bpmn2:interface>` : ''}
<bpmn2:process id="${name}" isExecutable="true">
${scope(own)}
</bpmn2:process>
${processes.map(({ text, inside }) => `<bpmn2:process id="${text.split(' ')[1]}" isExecutable="true">\n${scope(inside)}\n</bpmn2:process>`).join('\n')}
</bpmn2:definitions>`;
}
