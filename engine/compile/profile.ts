/** The profile of a process: what its `careloop:` attributes and extension elements, and the form of its start event, declare. */
import type { ProcessProfile, ProcessStage } from '../model/plan.ts';
import { compact } from './base.ts';
import { columnsOf } from './columns.ts';
import type { Compilation } from './context.ts';
import { childrenOf, eventDefinitionsOf, idOf, isA, type ModdleElement, text } from './element.ts';
import { type Extensions, extensionOf } from './extensions.ts';
import { formOf } from './forms.ts';
import { parseKeyPattern } from './key-pattern.ts';

/** Extension elements that a process has for its profile. */
export const profileExtensions = ['careloop:Stage', 'careloop:Column', 'careloop:Rules'];

/**
 * Call when the elements of the process are compiled.
 * @returns undefined when the process declares nothing
 */
export function profileOf(process: ModdleElement, extensions: Extensions, c: Compilation): ProcessProfile | undefined {
  const stages = stagesOf(process, extensions, c);
  const { columns, facts } = columnsOf(process, extensions, c);
  const starters = commaList(text(process, 'careloop:candidateStarterGroups'));
  const leaders = commaList(text(process, 'careloop:leaderGroups'));
  const declared = compact({
    businessKeyPattern: keyPatternOf(process, c),
    rules: rulesOf(process, extensions, c),
    startForm: startFormOf(process, c),
    facts: facts.length > 0 ? facts : undefined,
  });
  checkStages(process, stages, c);
  const silent = !starters && !leaders && Object.keys(declared).length === 0;
  if (silent && stages.length === 0 && columns.length === 0) return undefined;
  return { candidateStarterGroups: starters ?? [], leaderGroups: leaders ?? [], stages, columns, ...declared };
}

/** Comma list of ids, in its order, without repetitions; undefined when there is none. */
function commaList(written: string | undefined): string[] | undefined {
  const entries = (written ?? '').split(',').map((entry) => entry.trim());
  const named = [...new Set(entries.filter((entry) => entry !== ''))];
  return named.length > 0 ? named : undefined;
}

function keyPatternOf(process: ModdleElement, c: Compilation): ProcessProfile['businessKeyPattern'] {
  const pattern = text(process, 'careloop:businessKeyPattern');
  if (pattern === undefined) return undefined;
  const parsed = parseKeyPattern(pattern);
  if ('message' in parsed) {
    const { message, hint } = parsed;
    c.report.error(process, 'bad-key-pattern', `The pattern of business keys "${pattern}": ${message}`, { hint });
    return undefined;
  }
  if (!parsed.parts.some(({ kind }) => kind === 'serial'))
    c.report.warning(process, 'key-without-serial', `Business keys "${pattern}" have no serial number.`, {
      hint: 'Add {serial:4}, unless only one instance is to begin at a facility in that time.',
    });
  return parsed.parts;
}

function stagesOf(process: ModdleElement, extensions: Extensions, c: Compilation): ProcessStage[] {
  const stages: ProcessStage[] = [];
  for (const element of extensions.all('careloop:Stage')) {
    const id = text(element, 'id');
    const name = text(element, 'name');
    if (id === undefined || name === undefined)
      c.report.error(process, 'incomplete-stage', `A stage has no ${id === undefined ? 'id' : `name: "${id}"`}.`, {
        hint: 'Write <careloop:stage id="approval" name="审批" nameEn="Approval" />.',
      });
    else if (stages.some((stage) => stage.id === id))
      c.report.error(process, 'duplicate-stage', `The stage "${id}" is declared twice.`, { hint: 'Keep one of them.' });
    else stages.push(compact({ id, name, englishName: text(element, 'nameEn') }));
  }
  return stages;
}

/** Elements name stages by their ids: each must be declared, and each that is declared should be reached. */
function checkStages(process: ModdleElement, stages: readonly ProcessStage[], c: Compilation): void {
  const declared = stages.map(({ id }) => id);
  const used = new Set<string>();
  const visit = (scope: ModdleElement): void => {
    for (const element of childrenOf(scope, 'flowElements')) {
      const stage = c.plan.elements[idOf(element)]?.stage;
      if (stage !== undefined) {
        used.add(stage);
        if (!declared.includes(stage))
          c.report.error(
            element,
            'unknown-stage',
            `It begins the stage "${stage}", which the process does not declare.`,
            {
              hint:
                declared.length > 0
                  ? `Declared are: ${declared.join(', ')}.`
                  : `Write <careloop:stage id="${stage}" name="…" nameEn="…" /> among the extension elements of the process.`,
            },
          );
      }
      visit(element);
    }
  };
  visit(process);
  for (const id of declared)
    if (!used.has(id))
      c.report.warning(process, 'unused-stage', `The stage "${id}" is declared, but no element begins it.`, {
        hint: `Write careloop:stage="${id}" at the element where it begins, or remove it.`,
      });
}

function rulesOf(process: ModdleElement, extensions: Extensions, c: Compilation): string[] | undefined {
  const element = extensions.get('careloop:Rules');
  if (!element) return undefined;
  const paths = commaList(text(element, 'paths')) ?? [];
  const bad = paths.find((path) => !/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(path));
  if (paths.length === 0 || bad !== undefined) {
    const said = bad === undefined ? 'names no rules' : `names "${bad}", which is no path of the rule set`;
    c.report.error(process, 'bad-rule-path', `careloop:rules ${said}.`, {
      hint: 'Write paths with dots, separated by commas: <careloop:rules paths="limits.refund, refund" />.',
    });
    return undefined;
  }
  for (const path of paths) {
    const wider = paths.find((other) => path.startsWith(`${other}.`));
    if (wider !== undefined)
      c.report.warning(process, 'rule-path-twice', `The rules "${path}" are part of "${wider}" already.`, {
        hint: 'Remove one of the two.',
      });
  }
  return paths;
}

/** Form of the process's none start event, i.e. the start form. */
function startFormOf(process: ModdleElement, c: Compilation): string | undefined {
  const start = childrenOf(process, 'flowElements').find(
    (element) => isA(element, 'bpmn:StartEvent') && eventDefinitionsOf(element).length === 0,
  );
  return start && formOf(start, extensionOf(start, 'zeebe:FormDefinition'), c);
}
