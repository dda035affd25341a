/** docs/forms.md: what becomes of each component of form-js and each of its properties, from the table the compiler reads. */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  commonProperties,
  type FormComponent,
  formComponents,
  type PropertySpec,
} from '../engine/compile/form-components.ts';

const code = (text: string): string => `\`${text}\``;
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const rowsOf = (properties: Readonly<Record<string, PropertySpec>>, prefix = ''): string[][] =>
  Object.entries(properties).map(([name, { handling, what }]) => [code(prefix + name), handling, what]);

const key = (properties: Readonly<Record<string, PropertySpec>>): string => JSON.stringify(properties);

/** Components with the same properties and validations share a table. */
function sections(): string {
  const groups = new Map<string, [string, FormComponent][]>();
  for (const entry of Object.entries(formComponents)) {
    const { properties, validations, refused } = entry[1];
    if (refused || (Object.keys(properties).length === 0 && Object.keys(validations).length === 0)) continue;
    const same = key(properties) + key(validations);
    groups.set(same, [...(groups.get(same) ?? []), entry]);
  }
  return [...groups.values()]
    .map((entries) => {
      const { properties, validations } = entries[0]![1];
      const heading = `### ${entries.map(([name]) => code(name)).join(', ')}`;
      const rows = [...rowsOf(properties), ...rowsOf(validations, 'validate.')];
      return [heading, table(['property', 'handling', 'notes'], rows)].join('\n');
    })
    .join('\n\n');
}

const componentRows = (): string[][] =>
  Object.entries(formComponents).map(([name, { field, refused, what, properties }]) => [
    code(name),
    refused ? 'refused' : field || properties['components'] ? 'executed' : 'shown',
    field ?? '',
    refused ? `${what} ${refused}` : what,
  ]);

export function formsPage(): string {
  return `# Forms

A form is a form-js schema (\`.form\`) as the usual form editors write it, deployed with the diagram and named by a user task or the start
event (\`zeebe:formDefinition\`). The server does what the page that shows the form does (form-js 1.23), so that a completion means the same
whoever sends it. What the server could not do is refused at deployment, with the component and a sentence.

This page is made by \`npx tsx tools/forms-page.ts\` from the table the compiler reads; a test keeps it true. *Executed*: the server acts by
it. *Shown*: only the page does. *Refused*: such a form is not deployed.

## What a completion writes
The visible, writable fields of its form, and nothing else. Without a form, a completion writes what it is given.

| a field that is | when it is sent | when it is left out |
|---|---|---|
| writable | checked and written | its \`defaultValue\` is written where the variable has no value; otherwise a required field is a problem. A box nobody ticked is \`false\`, a selection nobody made an empty list |
| read-only or disabled | a problem, unless it is as it was (a page sends what it shows) | stays as it was |
| hidden | a problem, unless it is as it was or empty | not demanded |
| computed (\`expression\`) | does not count | worked out and written |
| not of the form | a problem | |

Problems come all at once, as 422 \`form-invalid\` with one entry per field: its path (\`body.variables.items.0.name\`: the name in the first
row of \`items\`), a code, and a sentence in Chinese and English by the label of the field.

The same holds for the start form. Operators and programs may also send what the output mapping of the start event reads\n([what comes in](process-diagrams.md#what-comes-in)).

FEEL in a form sees the variables of the task with what is being filled in; in the rows of a list also \`this\` (the row), \`parent\` (what is
around it) and \`i\` (numbers of the rows around, from 1), each also written \`_this_\`, \`_parent_\`, \`_i_\`. A condition that cannot be worked
out does not hold, a limit that cannot be worked out does not limit.

## Texts
Labels, descriptions and what \`text\`, \`html\`, \`image\` and \`iframe\` show may hold FEEL, as in form-js: all of it after \`=\`, or within it

| written | becomes |
|---|---|
| \`{{FEEL}}\` | the value as a text; nothing where it is null or cannot be worked out |
| \`{{#if FEEL}}…{{/if}}\` | what is between, when the condition is true |
| \`{{#loop FEEL}}…{{/loop}}\` | what is between, once for each item of the list; the names are those of the item, \`this\` is the item, \`parent\` what is around it |

FEEL that does not parse, and braces without their end, are refused at deployment. \`GET /api/tasks/{id}\` answers the texts filled in.

## English
A schema may carry its texts in English as \`english\`: an object of English texts by the text as the form has it, for its name, labels,
options, descriptions and shown texts. The console shows them when it is English; what has none stays as it is. A text with FEEL in it is
translated as a whole, \`"剩 {{n}} 天": "{{n}} days left"\`; English that does not parse is refused.

\`\`\`json
{ "id": "leave-request", "components": [ { "type": "number", "key": "days", "label": "天数" } ], "english": { "天数": "Days" } }
\`\`\`

On disk they lie beside the forms in one file for all of a folder, \`forms.en.json\`; deploying and \`./careloop bundle\` give each form those
of its own texts, and refuse one that no form has.

## What a task shows
What a person sees of a process at a task is declared:
- **Fields of the form**, with their values: a read-only field shows a variable without its being writable.
- **Variables that the form reads** in its expressions, texts, tables and options.
- **The summary**: the title of the instance and the columns of the process (\`careloop:title\`, \`careloop:column\`).

\`GET /api/tasks/{id}\` answers them as \`form.fields\` (a tree: groups and lists hold fields; each with value, default, options, limits, and
whether it is read-only or hidden now), \`variables\` and \`summary\`. The schema as it was deployed is \`form.schema\`, for pages that show it
with form-js and \`variables\`; it is also at \`GET /api/definitions/{key}/versions/{version}/forms/{formId}\`.

## Components
${table(['component', 'handling', 'value', 'notes'], componentRows())}

## Properties of all components
A property that is in no table has no effect; the deployment warns of it. A validation that is in no table is refused.

${table(['property', 'handling', 'notes'], rowsOf(commonProperties))}

## Properties by component
${sections()}

## Where the server is stricter than the page
- A required text of blanks is refused, and so are keys and values that no page would send.
- A required field must be sent, even if the variable has a value from before.
- Phone numbers have 7 to 15 digits (E.164); the page takes some that are none.
- Dates before today are refused where \`disallowPassedDates\` says so; the page only does not offer them.
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(new URL('../docs/forms.md', import.meta.url), formsPage());
