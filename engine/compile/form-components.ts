/**
 * Components of form-js (schema of `@bpmn-io/form-js` 1.23) and the handling of each property: executed by the server,
 * left to the page that renders the form, or refused at deployment. Used by the compiler, and source of docs/forms.md.
 */
import type { FieldType } from '../model/plan.ts';

/** `executed`: the server acts by it. `shown`: only the page that shows the form does. */
export type Handling = 'executed' | 'shown';

export interface PropertySpec {
  handling: Handling;
  what: string;
}

export interface FormComponent {
  /** Type of the field it is; absent: nothing is entered there. `datetime` is a date, a time or both by its subtype. */
  field?: FieldType;
  /** Absent: deployed. Otherwise why a form with it is refused. */
  refused?: string;
  what: string;
  properties: Readonly<Record<string, PropertySpec>>;
  validations: Readonly<Record<string, PropertySpec>>;
}

const executed = (what: string): PropertySpec => ({ handling: 'executed', what });
const shown = (what: string): PropertySpec => ({ handling: 'shown', what });

/** Properties that every component may have. */
export const commonProperties: Readonly<Record<string, PropertySpec>> = {
  type: executed('Which component it is.'),
  id: shown('Name of the component within the form.'),
  label: executed('A text (see below). Names the field in messages, too, unless there is FEEL in it.'),
  layout: shown('Row and columns.'),
  properties: shown(
    "The page's own. `people`, of a text: it is a staff id, chosen among the colleagues at the facility who hold one of these roles (separated by commas; `*`: any). `patient`, of a text: it is the number of a patient’s record, searched while somebody types; its value is the key of the field that takes the name.",
  ),
  conditional: executed(
    '`hide`, FEEL after `=`: while it holds, the component and all in it is neither demanded nor written.',
  ),
};

const entered = {
  key: executed('The variable; dots lead into it.'),
  description: executed('Under the field; a text (see below).'),
  appearance: shown('What stands before and after the field; texts (see below).'),
  defaultValue: executed('Taken when the field is left out and the variable has no value.'),
  disabled: executed('Not written.'),
  readonly: executed('Not written; `true`, or FEEL after `=`.'),
};

const required = executed('A value must be sent, or come of `defaultValue`.');
const custom = executed('Conditions in FEEL over `value`, each with a message.');
const number = 'a number or FEEL after `=`';

const textValidations = {
  required: executed('A text of blanks is none.'),
  minLength: executed(`Without blanks around it; ${number}.`),
  maxLength: executed(`Without blanks around it; ${number}.`),
  pattern: executed('A regular expression (JavaScript) that some part of the text matches; `^…$` for all of it.'),
  validationType: executed('`email`; `phone` (`+` or `00`, then 7 to 15 digits); `custom` stands for `pattern`.'),
  custom,
};

const options = {
  values: executed('The options. Nothing else is taken.'),
  valuesKey: executed('The variable that holds the options, as the task finds it. Nothing else is taken.'),
  valuesExpression: executed('FEEL that makes the options of what is filled in. Nothing else is taken.'),
};

const container = {
  path: executed('Where its fields lie; dots lead further in.'),
  components: executed('What is in it.'),
  showOutline: shown('A frame.'),
  verticalAlignment: shown('Top, middle or bottom.'),
};

const showing = (what: string, properties: Record<string, PropertySpec> = {}): FormComponent => ({
  what,
  properties,
  validations: {},
});

export const formComponents: Readonly<Record<string, FormComponent>> = {
  textfield: { field: 'text', what: 'A line of text.', properties: entered, validations: textValidations },
  textarea: { field: 'text', what: 'Text.', properties: entered, validations: textValidations },
  number: {
    field: 'number',
    what: 'A number.',
    properties: {
      ...entered,
      decimalDigits: executed('No more digits than these after the point.'),
      increment: executed('Whole multiples of it only.'),
      serializeToString: executed('The value is a text, so that no digit is lost.'),
      step: shown('What the arrows add.'),
    },
    validations: { required, min: executed(`Least, ${number}.`), max: executed(`Most, ${number}.`), custom },
  },
  checkbox: {
    field: 'boolean',
    what: 'True or false; left out, it is `false`.',
    properties: entered,
    validations: { required: executed('It must be `true`.'), custom },
  },
  datetime: {
    field: 'datetime',
    what: 'A date, a time, or both.',
    properties: {
      ...entered,
      subtype: executed('`date` (YYYY-MM-DD), `time` (HH:mm), `datetime` (YYYY-MM-DDTHH:mm).'),
      dateLabel: executed('Names the field, as `label` does.'),
      timeLabel: executed('Names a time.'),
      timeSerializingFormat: executed(
        'How the zone is written: `utc_offset` (+08:00 or Z), `utc_normalized` (Z), `no_timezone` (none). Absent: any.',
      ),
      disallowPassedDates: executed('No day before today at the facility.'),
      timeInterval: shown('What the list of times offers; others can be typed.'),
      use24h: shown('How times are shown.'),
    },
    validations: { required, custom },
  },
  select: {
    field: 'choice',
    what: 'One of the options.',
    properties: { ...entered, ...options, searchable: shown('A field to search the options.') },
    validations: { required, custom },
  },
  radio: {
    field: 'choice',
    what: 'One of the options.',
    properties: { ...entered, ...options },
    validations: { required, custom },
  },
  checklist: {
    field: 'choices',
    what: 'A list of options; left out, it is empty.',
    properties: { ...entered, ...options },
    validations: { required: executed('One option at least.'), custom },
  },
  taglist: {
    field: 'choices',
    what: 'A list of options; left out, it is empty.',
    properties: { ...entered, ...options },
    validations: { required: executed('One option at least.'), custom },
  },
  expression: {
    field: 'computed',
    what: 'Worked out by the server; what is sent for it does not count.',
    properties: {
      key: entered.key,
      expression: executed('FEEL after `=`, over what is filled in.'),
      computeOn: shown('When the page works it out; what is written is worked out at the completion.'),
    },
    validations: {},
  },
  group: { what: 'Components together, under a path or none.', properties: container, validations: {} },
  dynamiclist: {
    field: 'list',
    what: 'A list of rows, each with the components in it; `this`, `parent` and `i` are known in their FEEL.',
    properties: {
      ...container,
      isRepeating: executed('`false` is refused: take a group.'),
      allowAddRemove: executed('Unless it is true, there are as many rows as before.'),
      defaultRepetitions: executed('Rows there are at first.'),
      disableCollapse: shown('Long lists stay open.'),
      nonCollapsedItems: shown('Rows of a list that is folded.'),
    },
    validations: {},
  },
  table: showing('Rows of a variable.', {
    dataSource: shown('Whence the rows come; variables it names are among those the task answers.'),
    columns: shown('Columns.'),
    columnsExpression: shown('Columns by FEEL.'),
    rowCount: shown('Rows a page.'),
  }),
  text: showing('Text in Markdown.', { text: executed('The text (see below).') }),
  html: showing('HTML.', { content: executed('A text (see below).') }),
  image: showing('A picture.', {
    source: executed('Its address; a text (see below).'),
    alt: executed('What it shows, in words; a text (see below).'),
  }),
  iframe: showing('Another page within.', {
    url: executed('Its address; a text (see below).'),
    height: shown('In pixels.'),
    security: shown('What that page may do.'),
  }),
  separator: showing('A line.'),
  spacer: showing('Empty space.', { height: shown('In pixels.') }),
  button: showing('Submits or resets.', { action: shown('`submit` or `reset`.'), key: shown('No variable.') }),
  filepicker: {
    field: 'files',
    what: 'Files: a list of ids, each of a file that was uploaded for this form (`POST /api/files`). Left out, it is empty.',
    properties: {
      key: entered.key,
      description: entered.description,
      disabled: entered.disabled,
      readonly: entered.readonly,
      accept: executed(
        'Which files, as a file dialog has it: `image/*`, `application/pdf`, `.docx`, with commas between.',
      ),
      multiple: executed('Unless it is true, one file at most; FEEL after `=`.'),
    },
    validations: { required: executed('One file at least.') },
  },
  documentPreview: {
    refused: 'Documents are not shown by a form: a read-only filepicker shows files.',
    what: 'Documents.',
    properties: {},
    validations: {},
  },
};
