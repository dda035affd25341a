/** Roles that are named without running anything must exist, where the roles are known. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../engine/compile/index.ts';
import { around, diagramXml, extensions, problemsOf, userTask } from './builders.ts';

const options = {
  roles: ['handler', 'president'],
  roleNames: { handler: { zh: '客服专员', en: 'Complaint handler' }, president: { zh: '院长', en: 'President' } },
};
const problemsIn = (process: string, attributes = '', more = {}) =>
  problemsOf(diagramXml(process, '', attributes), { ...options, ...more });
const rolesRefused = async (process: string, attributes = '') =>
  (await problemsIn(process, attributes)).flatMap(({ code, message }) =>
    code === 'unknown-role' ? [/"([^"]*)"/.exec(message)?.[1]] : [],
  );
const assigned = (groups: string) =>
  around(userTask(extensions(`<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="${groups}"/>`)));

describe('an unknown role', () => {
  it('refuses the diagram and names the nearest one', async () => {
    expect(await problemsIn(assigned('handler, handlr'))).toEqual([
      {
        severity: 'error',
        code: 'unknown-role',
        element: 'A',
        elementName: '任务',
        message: 'There is no role "handlr": nobody would see the task.',
        hint: 'Write "handler", or another role: handler, president.',
      },
    ]);
    expect(await problemsIn(assigned('handler, president'))).toEqual([]);
  });

  it('is looked for in FEEL that reads nothing', async () => {
    expect(await rolesRefused(assigned('=[&quot;handler&quot;, &quot;x&quot;]'))).toEqual(['x']);
    expect(await rolesRefused(assigned('=groups'))).toEqual([]);
    expect(await rolesRefused(assigned('=if large then &quot;x&quot; else &quot;handler&quot;'))).toEqual([]);
  });

  it('is not looked for where the roles are not known', async () => {
    expect(await problemsIn(assigned('x'), '', { roles: undefined })).toEqual([]);
  });

  it('is a lane that is one', async () => {
    const lane = (id: string) =>
      `<bpmn:laneSet id="L"><bpmn:lane id="${id}" name="Lane"><bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${around(userTask())}`;
    expect(await rolesRefused(lane('nobody'))).toEqual(['nobody']);
    expect(await rolesRefused(lane('handler'))).toEqual([]);
  });

  it('is one that a limit tells', async () => {
    const limited = (tell: string) =>
      around(
        `<bpmn:intermediateCatchEvent id="A" name="等待">${extensions(`<careloop:limit id="closure" name="结案" tell="${tell}"/>`)}<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`,
      );
    expect(await rolesRefused(limited('president,chief'))).toEqual(['chief']);
    expect(await rolesRefused(limited('president'))).toEqual([]);
  });

  it('is one that starts or leads the process', async () => {
    const process = around(userTask());
    expect(await rolesRefused(process, 'careloop:candidateStarterGroups="*" careloop:leaderGroups="*"')).toEqual(['*']);
    expect(await rolesRefused(process, 'careloop:candidateStarterGroups="handler,chief"')).toEqual(['chief']);
  });
});

describe('names of roles', () => {
  const namesIn = async (groups: string) => (await compile(diagramXml(assigned(groups)), options)).plans[0]?.roleNames;

  it('go into the plan for those that tasks go to', async () => {
    expect(await namesIn('handler')).toEqual({ handler: { zh: '客服专员', en: 'Complaint handler' } });
  });

  it('are found in FEEL too', async () => {
    const chosen = '=if large then &quot;president&quot; else &quot;handler&quot;';
    expect(Object.keys((await namesIn(chosen)) ?? {})).toEqual(['handler', 'president']);
  });
});
