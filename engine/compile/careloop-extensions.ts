/**
 * The extensions of the `careloop:` namespace, attribute by attribute: source of docs/process-diagrams.md and of the
 * compiler's hints. A test compares them with the descriptors used for reading files (`careloop-moddle.json`).
 */
import { nearest } from '../feel/nearest-name.ts';

export interface CareloopExtension {
  /** Type in `careloop-moddle.json`, and its property. */
  key: string;
  /** Name in the file: `careloop:stage`, or an attribute of an extension element. */
  written: string;
  /** Element of BPMN that has it, or extension element that it belongs to. */
  at: string;
  meaning: string;
  example: string;
}

const process = 'process';
const entry = (key: string, written: string, at: string, meaning: string, example: string): CareloopExtension => ({
  key,
  written,
  at,
  meaning,
  example,
});

export const careloopExtensions: readonly CareloopExtension[] = [
  entry(
    'ProfiledProcess.title',
    'careloop:title',
    process,
    'The line people see of an instance in lists and in the Temporal UI. FEEL over its variables, or a constant; without personal data.',
    '="请假 " + string(days) + " 天"',
  ),
  entry(
    'ProfiledProcess.candidateStarterGroups',
    'careloop:candidateStarterGroups',
    process,
    'Roles that may start it at a facility of theirs, separated by commas; `*` is any employee. Absent: operators only.',
    'consultant, handler',
  ),
  entry(
    'ProfiledProcess.leaderGroups',
    'careloop:leaderGroups',
    process,
    'Roles that lead it at their facility: they see all of it, assign, urge and correct.',
    'cs-director',
  ),
  entry(
    'ProfiledProcess.businessKeyPattern',
    'careloop:businessKeyPattern',
    process,
    'How the business keys of its instances are made. Absent: whoever starts one names it, or it gets a random one.',
    '{facility}{yyyy}{MM}{serial:4}',
  ),
  entry(
    'Rules.paths',
    'paths',
    '<careloop:rules>',
    'Parts of the rule set that its instances get as `rules`, separated by commas. What an expression reads must be among them.',
    'limits.refund, refund',
  ),
  entry('Stage.id', 'id', '<careloop:stage>', 'What elements call the stage by.', 'approval'),
  entry('Stage.name', 'name', '<careloop:stage>', 'Its name in Chinese.', '审批'),
  entry('Stage.nameEn', 'nameEn', '<careloop:stage>', 'Its name in English.', 'Approval'),
  entry(
    'Column.id',
    'id',
    '<careloop:column>',
    'Name of the field in lists, filters and sorts: a letter, then letters, digits and `_`.',
    'amountCents',
  ),
  entry('Column.name', 'name', '<careloop:column>', 'Head of the column in Chinese.', '金额'),
  entry('Column.nameEn', 'nameEn', '<careloop:column>', 'Head of the column in English.', 'Amount'),
  entry(
    'Column.type',
    'type',
    '<careloop:column>',
    'How it is shown and compared; `text` where nothing is written.',
    'money',
  ),
  entry(
    'Column.value',
    'value',
    '<careloop:column>',
    'FEEL over the variables of the process. Where it fails or is null, the row has no such field.',
    '=plan.amountCents',
  ),
  entry(
    'Column.searchable',
    'searchable',
    '<careloop:column>',
    '`true`: the search by text looks into it. `false` where nothing is written.',
    'true',
  ),
  entry(
    'Column.listed',
    'listed',
    '<careloop:column>',
    '`false`: no list has it. It is worked out when somebody opens the instance, and may be a longer text; it is not searchable. `true` where nothing is written.',
    'false',
  ),
  entry('Column.choices', '<careloop:choice>', '<careloop:column>', 'Of a choice: one for each value it may have.', ''),
  entry('Choice.value', 'value', '<careloop:choice>', 'The value, as the expression gives it.', 'sick'),
  entry('Choice.name', 'name', '<careloop:choice>', 'Its name in Chinese.', '病假'),
  entry('Choice.nameEn', 'nameEn', '<careloop:choice>', 'Its name in English.', 'Sick leave'),
  entry(
    'StagedNode.stage',
    'careloop:stage',
    'any activity, event or gateway',
    'The stage that begins when a token comes here. The process declares it.',
    'approval',
  ),
  entry(
    'StagedNode.movesMoney',
    'careloop:movesMoney',
    'any activity, event or gateway',
    'It moves money, or decides about it: deploying the process and changing its instances take a second person. Job types that move money need no mark.',
    'true',
  ),
  entry(
    'LocatedStartEvent.facilities',
    'careloop:facilities',
    'start event with a timer',
    'Codes of the facilities at which the timer begins the process, separated by commas. Absent: at every one.',
    'BJ, SH',
  ),
  entry(
    'GuardedUserTask.excludedUsers',
    'careloop:excludedUsers',
    'user task',
    'Staff ids that may not act on the task, whatever their roles: a list in FEEL, or a constant.',
    '=[applicant]',
  ),
  entry(
    'GuardedUserTask.bulkCompletion',
    'careloop:bulkCompletion',
    'user task',
    'Several of these tasks may be completed at once, with the same answers: for decisions that need no look at each case.',
    'true',
  ),
  entry(
    'KeyedCallActivity.businessKey',
    'careloop:businessKey',
    'call activity',
    'The business key of the called instance. Absent: that of the caller, a dash and a number.',
    '=caseNumber + "-R1"',
  ),
  entry(
    'Limit.id',
    'id',
    '<careloop:limit>',
    'Makes the timer event it stands at a promise: the instance is overdue when the timer fires. What the promise is called by.',
    'closure',
  ),
  entry(
    'Limit.name',
    'name',
    '<careloop:limit>',
    'Its name in Chinese; that of the event where nothing is written.',
    '结案时限',
  ),
  entry('Limit.nameEn', 'nameEn', '<careloop:limit>', 'Its name in English.', 'Closure deadline'),
  entry(
    'Limit.tell',
    'tell',
    '<careloop:limit>',
    'Roles that get a notice when it is broken, separated by commas.',
    'cs-director, president',
  ),
];

/**
 * Suggestion for an unknown name.
 * @param name in the file: an attribute, or a capitalised type (`careloop:Columns`)
 * @param at type of the element that has it
 * @returns undefined when neither is Careloop's
 */
export function careloopHint(name: string, at: string | undefined): string | undefined {
  const lower = (type: string): string => type.replace(/:\w/, (start) => start.toLowerCase());
  const own = at?.startsWith('careloop:') ? `<${lower(at)}>` : undefined;
  if (!name.startsWith('careloop:') && !own) return undefined;
  const isElement = /^careloop:[A-Z]/.test(name);
  const known = isElement
    ? careloopExtensions.flatMap(
        ({ at: element, written }) => /^<(.*)>$/.exec(written)?.[1] ?? /^<(.*)>$/.exec(element)?.[1] ?? [],
      )
    : careloopExtensions.flatMap(({ at: element, written }) =>
        own ? (element === own ? written : []) : written.startsWith('careloop:') ? written : [],
      );
  const names = [...new Set(known)];
  const meant = nearest(lower(name), names);
  return meant === undefined ? `Known are: ${names.sort().join(', ')}.` : `Write ${meant}, if that is meant.`;
}
