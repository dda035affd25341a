import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDmn } from '../../../engine/dmn/compile.ts';
import { evaluateDecision } from '../../../engine/dmn/evaluate.ts';
import { context, decide, decision, input, literal, model, plan } from './models.ts';

const knowledge = (id: string, parameters: string, body: string): string =>
  `<businessKnowledgeModel id="${id}" name="${id}"><variable name="${id}"/><encapsulatedLogic>${parameters}${body}</encapsulatedLogic></businessKnowledgeModel>`;
const parameter = (name: string, type = 'number'): string => `<formalParameter name="${name}" typeRef="${type}"/>`;

describe('evaluating a decision', () => {
  it('works out what it requires first, each decision once', async () => {
    const content =
      input('amount', 'number') +
      decision('fee', literal('amount * 0.1'), { inputs: ['amount'], type: 'number' }) +
      decision('d', literal('amount + fee'), { inputs: ['amount'], decisions: ['fee'] });
    expect(await decide(content, { amount: 200 })).toMatchObject({ ok: true, value: 220, warnings: [] });
  });

  it('sees only what it requires', async () => {
    const content = input('amount') + decision('d', literal('amount'));
    expect(await decide(content, { amount: 1 })).toMatchObject({ ok: true, value: null, warnings: [{ element: 'd' }] });
  });

  it('is found by id and by name', async () => {
    const { decisions } = await plan(decision('one', literal('1')).replace('name="one"', 'name="The first"'));
    for (const name of ['one', 'The first'])
      expect(evaluateDecision(decisions, name, {}, context)).toMatchObject({ ok: true, value: 1 });
    expect(evaluateDecision(decisions, 'two', {}, context)).toMatchObject({ ok: false, code: 'unknown-decision' });
  });

  it('takes an input that is not of its type as null, and says so', async () => {
    const content = input('amount', 'number') + decision('d', literal('amount = null'), { inputs: ['amount'] });
    const result = await decide(content, { amount: 'many' });
    expect(result).toMatchObject({ ok: true, value: true });
    expect(result.ok && result.warnings.length > 0).toBe(true);
  });

  it('reads dates of typed inputs, and gives dates as text', async () => {
    const content =
      input('from', 'date') +
      decision('d', literal('{ due: from + duration("P3D"), weekday: from.weekday }'), { inputs: ['from'] });
    expect(await decide(content, { from: '2026-02-27' })).toMatchObject({
      ok: true,
      value: { due: '2026-03-02', weekday: 5 },
    });
  });

  it('gives a date and time as the instant, without a zone in that of the facility', async () => {
    expect(await decide(decision('d', literal('date and time("2026-03-01T08:00:00")')))).toMatchObject({
      value: '2026-03-01T00:00:00.000Z',
    });
  });

  it('knows process time and working days, not the clock of the host', async () => {
    const text = '[string(today()), now().hour, working days between(date("2026-09-30"), date("2026-10-05"))]';
    expect(await decide(decision('d', literal(text)))).toMatchObject({ value: ['2026-09-30', 10, 1] });
  });

  it('fails on a result that JSON has no form for', async () => {
    expect(await decide(decision('d', literal('function(a) a')))).toMatchObject({ ok: false, code: 'no-json' });
    expect(await decide(decision('d', literal('[1..2]')))).toMatchObject({ ok: false, code: 'no-json' });
  });

  it('cuts a recursion that does not end', async () => {
    const content =
      `<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>${parameter('n')}${literal('f(n + 1)')}</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement></businessKnowledgeModel>` +
      decision('d', literal('f(1)'), { knowledge: ['f'] });
    expect(await decide(content)).toMatchObject({ ok: false, code: 'limit' });
  });
});

describe('what a decision is made of', () => {
  it('business knowledge models are functions, called in FEEL or by an invocation', async () => {
    const invocation = `<invocation>${literal('twice')}<binding><parameter name="n"/>${literal('4')}</binding></invocation>`;
    const content =
      knowledge('twice', parameter('n'), literal('n * 2')) +
      decision('e', literal('twice(3)'), { knowledge: ['twice'] }) +
      decision('f', invocation, { knowledge: ['twice'] }) +
      decision('d', literal('[e, f]'), { decisions: ['e', 'f'] });
    expect(await decide(content)).toMatchObject({ ok: true, value: [6, 8] });
  });

  it('decision services take input data and input decisions as parameters', async () => {
    const content =
      input('a', 'number') +
      decision('b', literal('1'), { type: 'number' }) +
      decision('c', literal('a + b'), { inputs: ['a'], decisions: ['b'] }) +
      '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#c"/><inputDecision href="#b"/><inputData href="#a"/></decisionService>' +
      decision('d', literal('s(10, 20)'), { knowledge: ['s'] });
    expect(await decide(content)).toMatchObject({ ok: true, value: 30 });
    const { decisions } = await plan(content);
    expect(evaluateDecision(decisions, 's', { a: 1, b: 2 }, context)).toMatchObject({ ok: true, value: 3 });
  });

  it('boxed contexts end with their entry without a name', async () => {
    const entry = (text: string, name?: string) =>
      `<contextEntry>${name ? `<variable name="${name}"/>` : ''}${literal(text)}</contextEntry>`;
    const boxed = (...entries: string[]) => `<context>${entries.join('')}</context>`;
    expect(await decide(decision('d', boxed(entry('2', 'a'), entry('a + 1', 'b'))))).toMatchObject({
      value: { a: 2, b: 3 },
    });
    expect(await decide(decision('d', boxed(entry('2', 'a'), entry('a * 5'))))).toMatchObject({ value: 10 });
  });

  it('boxed relations are lists of contexts', async () => {
    const relation = `<relation><column name="city"/><column name="days"/><row>${literal('"北京"')}${literal('2')}</row><row>${literal('"上海"')}${literal('3')}</row></relation>`;
    const content =
      decision('rows', relation) + decision('d', literal('rows[city = "上海"].days'), { decisions: ['rows'] });
    expect(await decide(content)).toMatchObject({ value: [3] });
  });

  it('boxed conditional, filter, for, some and every', async () => {
    const child = (name: string, text: string) => `<${name}>${literal(text)}</${name}>`;
    const over = (kind: string, last: string, text: string) =>
      `<${kind} iteratorVariable="i">${child('in', '[1, 2, 3]')}${child(last, text)}</${kind}>`;
    const results = await Promise.all(
      [
        `<conditional>${child('if', '1 < 2')}${child('then', '"yes"')}${child('else', '"no"')}</conditional>`,
        `<filter>${child('in', '[1, 2, 3]')}${child('match', 'item > 1')}</filter>`,
        over('for', 'return', 'i * i'),
        over('some', 'satisfies', 'i > 2'),
        over('every', 'satisfies', 'i > 2'),
      ].map((boxed) => decide(decision('d', boxed))),
    );
    expect(results.map((result) => result.ok && result.value)).toEqual(['yes', [2, 3], [1, 4, 9], true, false]);
  });

  it('item definitions with allowed values, structures and collections are checked', async () => {
    const types =
      '<itemDefinition name="tRisk"><typeRef>string</typeRef><allowedValues><text>"low","high"</text></allowedValues></itemDefinition>' +
      '<itemDefinition name="tCase"><itemComponent name="risk"><typeRef>tRisk</typeRef></itemComponent><itemComponent name="tags" isCollection="true"><typeRef>string</typeRef></itemComponent></itemDefinition>';
    const content = types + input('case', 'tCase') + decision('d', literal('case.risk'), { inputs: ['case'] });
    expect(await decide(content, { case: { risk: 'low', tags: ['a'] } })).toMatchObject({ value: 'low' });
    expect(await decide(content, { case: { risk: 'odd', tags: ['a'] } })).toMatchObject({ value: null });
    expect(await decide(content, { case: { risk: 'low', tags: [1] } })).toMatchObject({ value: null });
  });

  it('imports bring decisions and types of another file under a name', async () => {
    const other = model(
      '<itemDefinition name="tDays"><typeRef>number</typeRef></itemDefinition>' +
        decision('limit', literal('15'), { type: 'tDays' }),
      'other',
    );
    const content =
      '<import name="rules" namespace="other" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>' +
      decision('d', literal('rules.limit * 2'), { decisions: ['other#limit'], type: 'rules.tDays' });
    const { decisions, problems } = await plan(content, [other]);
    expect(problems).toEqual([]);
    expect(evaluateDecision(decisions, 'd', {}, context)).toMatchObject({ ok: true, value: 30 });
    expect((await plan(content)).problems.map(({ code }) => code)).toContain('missing-import');
  });
});

describe('what is refused at deployment', () => {
  const codes = async (content: string) => (await plan(content)).problems.map(({ code, element }) => [code, element]);

  it('expressions that cannot be read, with the decision they stand in', async () => {
    expect(await codes(decision('d', literal('1 +')))).toEqual([['bad-expression', 'd']]);
  });

  it('operators that FEEL does not have', async () => {
    const { problems } = await plan(decision('d', literal('if 1 == 1 then 2 else 3')));
    expect(problems).toMatchObject([{ code: 'bad-expression', element: 'd' }]);
    expect(problems[0]?.message).toContain('FEEL has no operator "==": write "=".');
  });

  it('decisions that require each other', async () => {
    const content =
      decision('a', literal('b'), { decisions: ['b'] }) + decision('b', literal('a'), { decisions: ['a'] });
    expect(await codes(content)).toEqual([
      ['requirement-cycle', 'a'],
      ['requirement-cycle', 'b'],
    ]);
  });

  it('types and elements that are not there', async () => {
    expect(await codes(decision('d', literal('1'), { type: 'tMissing' }))).toEqual([['unknown-type', 'd']]);
    expect(await codes(decision('d', literal('1'), { inputs: ['gone'] }))).toEqual([['unresolved-reference', 'd']]);
  });

  it('functions outside FEEL', async () => {
    const java = `<businessKnowledgeModel id="j" name="j"><encapsulatedLogic kind="Java">${literal('1')}</encapsulatedLogic></businessKnowledgeModel>`;
    expect(await codes(java)).toEqual([['external-function', 'j']]);
  });

  it('files that are no DMN', async () => {
    for (const xml of ['', 'no xml', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'])
      expect((await compileDmn(xml)).problems.map(({ code }) => code)).toEqual(['unparsable']);
  });

  it('reads the namespaces of all versions', async () => {
    for (const version of ['20180521', '20191111', '20211108', '20230324', '20240513']) {
      const { decisions } = await compileDmn(model(decision('d', literal('1')), 'test', version));
      expect(evaluateDecision(decisions, 'd', {}, context)).toMatchObject({ ok: true, value: 1 });
    }
  });
});

/** Files that a module imports, directly or through others. */
function importedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.endsWith('.ts')) return seen;
  const source = readFileSync(file, 'utf8');
  for (const [, type, from = ''] of source.matchAll(/^import (type )?[^;]*?from '([^']+)';/gms))
    if (!type) importedBy(from.startsWith('.') ? join(dirname(file), from) : from, seen);
  return seen;
}

it('evaluating needs no XML reader: it runs inside workflows', () => {
  const files = [...importedBy(new URL('../../../engine/dmn/evaluate.ts', import.meta.url).pathname)];
  expect(files.some((file) => file.endsWith('dmn/decide.ts'))).toBe(true);
  expect(files.filter((file) => /moddle|node:/.test(file))).toEqual([]);
});
