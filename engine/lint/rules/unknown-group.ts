/** Candidate groups, lanes that stand for one, and the roles a limit tells: they must be roles that exist. */
import { isA, type ModdleElement, text } from '../../compile/element.ts';
import { extensionOf } from '../../compile/extensions.ts';
import { groupOf, lanesOf } from '../../compile/lanes.ts';
import { processOf } from '../../compile/rules/rule.ts';
import { constantOf } from '../constants.ts';
import { called, type LintRule } from '../rule.ts';

const split = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Groups that are known without running; FEEL that reads variables gives none. */
function groupsIn(source: string | undefined): string[] {
  if (source === undefined) return [];
  if (!source.startsWith('=')) return split(source);
  const found = constantOf(source.slice(1).trim());
  const value = found?.ok ? found.value : undefined;
  return (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'string' ? split(one) : []));
}

function groupsOf(node: ModdleElement): string[] {
  const limit = extensionOf(node, 'careloop:Limit');
  const told = limit ? split(text(limit, 'tell') ?? '') : [];
  if (!isA(node, 'bpmn:UserTask')) return told;
  const assignment = extensionOf(node, 'zeebe:AssignmentDefinition');
  const written = assignment && text(assignment, 'candidateGroups');
  if (written !== undefined) return groupsIn(written);
  const process = processOf(node);
  const lane = process && assignee(assignment) === undefined ? lanesOf(process).get(text(node, 'id') ?? '') : undefined;
  return lane ? [groupOf(lane)] : [];
}

const assignee = (assignment: ModdleElement | undefined): string | undefined =>
  assignment && (text(assignment, 'assignee') ?? text(assignment, 'candidateUsers'));

export const unknownGroup: LintRule = {
  code: 'unknown-group',
  severity: 'warning',
  hint: 'Write the id of a role.',
  of: 'bpmn:FlowNode',
  find(node, { options: { roles } }) {
    if (!roles || (!isA(node, 'bpmn:UserTask') && !isA(node, 'bpmn:Event'))) return [];
    return groupsOf(node)
      .filter((group) => !roles.includes(group))
      .map((group) => ({
        message: `There is no role "${group}": nobody would see ${called(node)}.`,
        hint: `Write the id of a role: ${[...roles].sort().join(', ')}.`,
      }));
  },
};
