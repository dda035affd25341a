/** Writes docs/constraints.md: the constraints of the standard that are checked at deployment, from the rules themselves. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rules } from '../engine/compile/structure.ts';

const folder = new URL('../engine/compile/', import.meta.url);
const page = new URL('../docs/constraints.md', import.meta.url);

const sources = [
  ...readdirSync(new URL('rules/', folder)).map((name) => `rules/${name}`),
  ...readdirSync(folder).filter((name) => name.endsWith('.ts')),
]
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** Where a code is written down; rules come before the compiler. */
const fileOf = (code: string): string =>
  [...sources]
    .sort((a, b) => Number(b.name.startsWith('rules/')) - Number(a.name.startsWith('rules/')))
    .find(({ text }) => text.includes(`'${code}'`))?.name ?? '';

interface Row {
  constraint: string;
  of: string;
  section: string;
  code: string;
  does: string;
}

/** What the reader and the compiler check without being rules of their own. */
const others: Row[] = [
  { constraint: 'EXT002', of: 'any element', section: '8.2', code: 'duplicate-id', does: 'refuses' },
  { constraint: 'EXT003', of: 'FlowElement', section: '8.2', code: 'no-id', does: 'refuses' },
  { constraint: 'EXT041, EXT054, EXT055', of: 'Activity', section: '10.3.8', code: 'child-twice', does: 'refuses' },
  {
    constraint: 'EXT067',
    of: 'MultiInstanceLoopCharacteristics',
    section: 'table 10.29',
    code: 'no-loop-size',
    does: 'refuses',
  },
  { constraint: 'EXT127', of: 'MessageEventDefinition', section: 'table 10.98', code: 'no-message', does: 'refuses' },
  { constraint: 'REF', of: 'any reference', section: '8.2', code: 'unresolved-reference', does: 'refuses' },
  { constraint: 'REF', of: 'any reference', section: '8.2', code: 'wrong-reference', does: 'refuses' },
];

export function constraintsPage(): string {
  const rows: Row[] = [
    ...rules.map(({ constraint, of, section, code, severity }) => ({
      constraint: constraint ?? '–',
      of: of.replace('bpmn:', ''),
      section,
      code,
      does: severity === 'warning' ? 'warns' : 'refuses',
    })),
    ...others,
  ];
  const order = ({ constraint, code, of }: Row): string => `${constraint === '–' ? 'Z' : constraint} ${code} ${of}`;
  const lines = [...new Set(rows.sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(line))];
  return `# Constraints of the standard that are checked

What the compiler holds a diagram against when it is deployed or linted. The numbers are those of the public suite; a line without one
rests on the standard alone. What is wrong in a process that is not executable is a warning always: it is a picture.

Where a number has no model here, which constraint it is was read from the order of the standard's text.

Some rules warn although the standard forbids what they find, because tools and people write it, one reading of it is possible, and
that one is executed:

- Expressions without a type (EXT012): files built by the API of Camunda and by Activiti leave the type out of dates, durations and of
  conditions that begin with \`=\`. What is written in natural language is refused.
- Message events without an operation (EXT128): no modeler in use writes operations; a message is found by its name.
- Scripts without a format (EXT053): 99 of the valid models of the public suite have none.
- Lists of flows (EXT023 and the like): a list that names a flow of others is refused, and a missing one where the nodes of the file list
  theirs; where most list nothing, the few lists are those of somebody who wrote by hand.
- Names of data references (EXT076): modelers leave the state out; a name that names another object or state is refused.
- Conditions after a parallel gateway: the public suite asks that they be ignored.
- A condition at the default flow: the standard says it shall be ignored (table 8.60).
- A gateway that neither splits nor joins (EXT135): it is passed through; one without any flow is refused.
- A message flow from a partner who does not run here to a start event without a message (EXT103): people begin the process.
- Kinds and directions that change nothing (\`processType\`, \`itemKind\`, \`associationDirection\`), conversations among fewer than two.

| constraint | element | BPMN 2.0.2 | code | | where |
|---|---|---|---|---|---|
${lines.join('\n')}

Written by \`npx tsx tools/constraints-page.ts\`. Each numbered constraint is tested by the models of the public suite
(\`tests/conformance/constraints.test.ts\`) or, broken and kept, by
\`tests/engine/compile/constraints.test.ts\`, \`rules.test.ts\` and the chapters in \`tests/engine/compile/standard/\`.
`;
}

function line({ constraint, of, section, code, does }: Row): string {
  return `| ${constraint} | ${of} | ${section} | \`${code}\` | ${does} | \`${fileOf(code)}\` |`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(page, constraintsPage());
