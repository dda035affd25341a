/** What `GET /api/definitions/{key}` tells of a plan. */
import { expect, it } from 'vitest';
import { profileView } from '../../api/resources/definitions/profile-view.ts';
import { definitionProfile } from '../../api/resources/definitions/schemas.ts';
import { around, diagramXml, extensions, planOf, userTask } from '../engine/compile/builders.ts';

const version = {
  key: 'P',
  version: 1,
  name: '流程',
  hash: 'abc',
  deployedAt: '2026-11-22T01:00:00.000Z',
  deployedBy: 'ops',
  warnings: [],
  newest: true,
};

it('tells who starts and leads it, how keys are made, its stages, columns, rules and start form', async () => {
  const form = { type: 'default', id: 'ask', components: [{ type: 'number', key: 'days', label: '天数' }] };
  const declared = extensions(
    `<careloop:rules paths="limits.refund" /><careloop:stage id="approval" name="审批" nameEn="Approval" />
     <careloop:column id="days" name="天数" nameEn="Days" type="number" value="=days" searchable="true" />`,
  );
  const process = around(userTask('', 'careloop:stage="approval"')).replace(
    '<bpmn:startEvent id="S"/>',
    `<bpmn:startEvent id="S">${extensions('<zeebe:formDefinition formId="ask" />')}</bpmn:startEvent>`,
  );
  const plan = await planOf(
    diagramXml(
      declared + process,
      '',
      'careloop:title="=businessKey" careloop:candidateStarterGroups="*" careloop:leaderGroups="cs-director" careloop:businessKeyPattern="{facility}{serial:4}"',
    ),
    { forms: { ask: form }, englishNames: { P: 'Process', S: 'Start' } },
  );
  const view = profileView(plan, form);
  expect(view).toEqual({
    englishName: 'Process',
    englishNames: { P: 'Process', S: 'Start' },
    title: '=businessKey',
    candidateStarterGroups: ['*'],
    leaderGroups: ['cs-director'],
    businessKeyPattern: '{facility}{serial:4}',
    stages: [{ id: 'approval', name: '审批', englishName: 'Approval' }],
    columns: [{ id: 'days', name: '天数', englishName: 'Days', type: 'number', value: '=days', searchable: true }],
    rules: ['limits.refund'],
    startForm: {
      id: 'ask',
      fields: [
        {
          component: 'number',
          key: 'days',
          type: 'number',
          label: '天数',
          required: false,
          readonly: false,
          hidden: false,
        },
      ],
      schema: form,
    },
  });
  expect(definitionProfile.parse({ ...version, ...view })).toMatchObject(view);
});

it('tells of a process that declares nothing that it declares nothing', async () => {
  expect(profileView(await planOf(diagramXml(around(userTask()))))).toEqual({
    candidateStarterGroups: [],
    leaderGroups: [],
    stages: [],
    columns: [],
    rules: [],
    startForm: null,
  });
});
