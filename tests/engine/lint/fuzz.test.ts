/** Damaged files never make the compiler or the rules throw: they are run or refused, with sentences. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { lint } from '../../../engine/lint/index.ts';
import { publicTest } from '../../support/public-test.ts';
import { diagramOf } from '../../support/shipped.ts';
import { diagramXml, extensions } from '../compile/builders.ts';
import { boundary, end, flows, job, lasting, node, start, task, when } from './builders.ts';

/** A diagram with a bit of everything the rules look at; small, so that a mutation often meets something that matters. */
const bitOfAll = diagramXml(
  `<bpmn:laneSet id="L"><bpmn:lane id="handler" name="handler"><bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
   ${start}${node('exclusiveGateway', 'X', '', 'default="X_B"')}${task('A')}${job('B')}${boundary('C', 'B', lasting('PT1H'))}
   ${boundary('D', 'B', '<bpmn:errorEventDefinition errorRef="Err"/>')}${node('parallelGateway', 'J')}
   ${node('intermediateCatchEvent', 'M', '<bpmn:messageEventDefinition messageRef="Msg"/>')}
   ${node('scriptTask', 'T', extensions('<zeebe:script expression="=x + 1" resultVariable="x"/>'))}
   <bpmn:subProcess id="P1" name="P1" triggeredByEvent="true">${node('startEvent', 'S1', lasting('P1D'))}${node('endEvent', 'E1')}${flows('S1>E1')}</bpmn:subProcess>
   ${node('userTask', 'U', `${extensions('<zeebe:assignmentDefinition candidateGroups="=[&quot;a&quot;]"/>')}<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`)}
   ${end}${flows('S>X X>B A>J B>J J>M M>T C>T D>T T>U U>E')}${when('X_A', 'X', 'A', 'x in [1..5)')}`,
  '<bpmn:message id="Msg" name="Msg"/><bpmn:error id="Err" name="Err" errorCode="e"/>',
);

const modelsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bpmn'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));

const words = [
  '',
  '=',
  'null',
  '-1',
  '9'.repeat(400),
  '=1/0',
  '__proto__',
  'constructor',
  'A',
  'X',
  'J',
  'P',
  '=x[',
  'R-1/PT0S',
  '\u0000',
  '𝄞',
];

/** Ways to damage a text, told by two numbers and a word. */
const damages: ((xml: string, at: number, other: number, word: string) => string)[] = [
  // An attribute gets another value.
  (xml, at, _, word) => nth(xml, /="[^"]*"/g, at, () => `="${word.replace(/[<&"]/g, '')}"`),
  // Two attributes swap their values: references lead elsewhere, ids stand twice, loops close.
  (xml, at, other) => {
    const values = [...xml.matchAll(/="([^"]*)"/g)];
    const [a, b] = [values[at % values.length]?.[1] ?? '', values[other % values.length]?.[1] ?? ''];
    return nth(
      nth(xml, /="[^"]*"/g, at, () => `="${b}"`),
      /="[^"]*"/g,
      other,
      () => `="${a}"`,
    );
  },
  // An attribute goes.
  (xml, at) => nth(xml, /\s[\w:]+="[^"]*"/g, at, () => ''),
  // An element without content goes, or is repeated.
  (xml, at, other) => nth(xml, /<[^/?!][^<>]*\/>/g, at, (found) => (other % 2 === 0 ? '' : found + found)),
  // An element is of another kind.
  (xml, at, other) => {
    const kinds = [...new Set([...xml.matchAll(/<\/?([\w:]+)/g)].map((found) => found[1] ?? ''))];
    const [from, to] = [kinds[at % kinds.length] ?? '', kinds[other % kinds.length] ?? ''];
    return xml.replaceAll(new RegExp(`(</?)${from}(?=[\\s/>])`, 'g'), `$1${to}`);
  },
  // A text between tags becomes another.
  (xml, at, _, word) => nth(xml, />[^<>]+</g, at, () => `>${word.replace(/[<&]/g, '')}<`),
  // Cut out, cut off, put elsewhere.
  (xml, at, other) => xml.slice(0, at % xml.length) + xml.slice((at % xml.length) + (other % 200)),
  (xml, at) => xml.slice(0, at % xml.length),
];

function nth(xml: string, pattern: RegExp, at: number, change: (found: string) => string): string {
  const found = [...xml.matchAll(pattern)];
  const one = found[at % found.length];
  return one ? xml.slice(0, one.index) + change(one[0]) + xml.slice(one.index + one[0].length) : xml;
}

const damage = fc.record({
  how: fc.nat(damages.length - 1),
  at: fc.nat(1_000_000),
  other: fc.nat(1_000_000),
  word: fc.constantFrom(...words),
});

async function survives(xml: string): Promise<void> {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const { plans, problems } = await lint(xml, { roles: ['handler'], forms: {}, sentMessages: [] });
    const refused = problems.some(({ severity }) => severity === 'error');
    expect(plans.length > 0).toBe(!refused);
    for (const problem of problems) {
      expect(problem.message.trim()).not.toBe('');
      expect(problem.code).toMatch(/^[a-z-]+$/);
    }
    // The linter writes there when a rule stumbles.
    expect(errors).not.toHaveBeenCalled();
  } finally {
    errors.mockRestore();
  }
}

/** So many times the usual runs: `CARELOOP_FUZZ=50 CARELOOP_SEED=random`. */
const times = Number(process.env['CARELOOP_FUZZ'] ?? 1);

const damaged = (sources: readonly string[], runs: number) =>
  fc.assert(
    fc.asyncProperty(
      fc.nat(sources.length - 1),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      async (which, many) => {
        const xml = many.reduce(
          (text, { how, at, other, word }) => damages[how]?.(text, at, other, word) ?? text,
          sources[which] ?? '',
        );
        await survives(xml);
      },
    ),
    { numRuns: runs * times },
  );

describe('a damaged diagram never makes the compiler or a rule throw', () => {
  it('when it is a small one with a bit of everything', () => damaged([bitOfAll], 200), 120_000 * times);
  it(
    'when it is one of those shipped',
    () => damaged([diagramOf('complaint'), diagramOf('refund')], 5),
    120_000 * times,
  );
  publicTest(
    ['bpmn', 'bpmn-constraints'],
    'when it is of the public suite',
    (...folders) => damaged(folders.flatMap(modelsIn), 200),
    120_000 * times,
  );
  it('when what belongs into elements stands in an attribute', () =>
    survives(bitOfAll.replace('<bpmn:process ', '<bpmn:process documentation="d" flowElements="X" auditing="a" ')));
  it('and undamaged it is as good as it can be', async () => {
    const { problems } = await lint(bitOfAll, { roles: ['handler', 'a'] });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
