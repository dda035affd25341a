/** `./careloop lint`: what is printed, and the exit code. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintAll, lintFiles } from '../../scripts/cli/lint.ts';
import { createScreen } from '../../scripts/cli/screen.ts';
import { around, diagramXml, extensions, userTask } from '../engine/compile/builders.ts';

const shipped = (key: string) => join(import.meta.dirname, '../../definitions', key, `${key}.bpmn`);

let folder: string;
const file = async (name: string, content: string): Promise<string> => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careloop-lint-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(files: string[], flags: { json?: boolean; jobs?: string } = {}) {
  let text = '';
  const screen = createScreen({ write: (written) => (text += written) });
  const code = await lintFiles(files, { json: flags.json ?? false, jobs: flags.jobs }, screen);
  return { code, text: stripVTControlCharacters(text) };
}

describe('lint', () => {
  it('says of each file what a deployment would say, and sums up', async () => {
    const wrong = await file('wrong.bpmn', diagramXml(around('<bpmn:serviceTask id="A" name="退款"/>')));
    const { code, text } = await run([shipped('refund'), wrong]);
    expect(code).toBe(1);
    expect(text).toContain('refund.bpmn  can be deployed');
    expect(text).toContain('wrong.bpmn  would be refused');
    expect(text).toContain('✗ error   A 退款: It does not say which job does its work. no-job-type');
    expect(text).toMatch(/2 files: 1 error, \d+ warnings?, \d+ info\n$/);
  });

  it('takes the forms, the English names and the decisions that lie beside a definition', async () => {
    const form = { id: 'asked', type: 'default', components: [] };
    const task = userTask(extensions('<zeebe:userTask/><zeebe:formDefinition formId="asked"/>'));
    const asks = await file('asks.bpmn', diagramXml(around(task)));
    await file('other.form', JSON.stringify({ ...form, id: 'other' }));
    expect((await lintAll([asks]))[0]?.problems).toContainEqual(expect.objectContaining({ code: 'unknown-form' }));
    await file('asked.form', JSON.stringify(form));
    expect(await lintAll([asks])).toMatchObject([{ file: asks, refused: false }]);
    await file('asked.form', 'no JSON');
    await expect(run([asks])).rejects.toMatchObject({ code: 'unreadable-file' });
    await rm(join(folder, 'asked.form'));
    await rm(join(folder, 'other.form'));
  });

  it('takes a process that begins by the clock, and refuses one that would wait for more than that', async () => {
    const cycle =
      '<bpmn:timerEventDefinition id="T"><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>';
    const flow = '<bpmn:sequenceFlow id="f" sourceRef="Daily" targetRef="E"/><bpmn:endEvent id="E" name="完"/>';
    const begin = (events: string, attributes = '') =>
      diagramXml(`<bpmn:startEvent id="Daily" name="每天" ${attributes}>${events}</bpmn:startEvent>${flow}`);
    const daily = await file('daily.bpmn', begin(cycle));
    expect(await lintAll([daily])).toMatchObject([{ refused: false }]);
    const condition =
      '<bpmn:conditionalEventDefinition id="C"><bpmn:condition>=a = 1</bpmn:condition></bpmn:conditionalEventDefinition>';
    const both = await file('both.bpmn', begin(cycle + condition, 'parallelMultiple="true"'));
    const [linted] = await lintAll([both]);
    expect(linted?.refused).toBe(true);
    expect(linted?.problems).toContainEqual(expect.objectContaining({ code: 'unsupported-start', element: 'Daily' }));
  });

  it('looks for the sender of a message in all the files', async () => {
    const message = '<bpmn:message id="M" name="paid"/>';
    const waits = await file(
      'waits.bpmn',
      diagramXml(around('<bpmn:receiveTask id="A" name="A" messageRef="M"/>'), message),
    );
    const sends = await file(
      'sends.bpmn',
      diagramXml(around('<bpmn:sendTask id="A" name="A" messageRef="M"/>'), message),
    );
    const codes = async (files: string[]) => (await lintAll(files))[0]?.problems.map(({ code }) => code);
    expect(await codes([waits])).toContain('message-never-sent');
    expect(await codes([waits, sends])).not.toContain('message-never-sent');
  });

  it('answers in JSON, with other job types when they are named', async () => {
    const job =
      '<bpmn:serviceTask id="A" name="A"><bpmn:extensionElements><zeebe:taskDefinition type="ours"/></bpmn:extensionElements></bpmn:serviceTask>';
    const works = await file('works.bpmn', diagramXml(around(job)));
    const refused = await run([works], { json: true });
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.text)).toMatchObject([
      {
        file: works,
        refused: true,
        problems: [{ severity: 'error', code: 'unknown-job-type', element: 'A' }, {}, {}, {}],
      },
    ]);
    expect((await run([works], { jobs: 'ours, theirs' })).code).toBe(0);
    expect((await run([works], { jobs: '*' })).code).toBe(0);
  });

  it('takes the message texts that lie beside a definition, and refuses a task that names another', async () => {
    const inner = await mkdtemp(join(folder, 'with-texts-'));
    const telling = (template: string) =>
      diagramXml(
        around(
          `<bpmn:serviceTask id="A" name="A"><bpmn:extensionElements><zeebe:taskDefinition type="send-message"/><zeebe:taskHeaders><zeebe:header key="to" value="patient"/><zeebe:header key="template" value="${template}"/></zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>`,
        ),
      );
    await writeFile(join(inner, 'messages.json'), '{"hello": {"zh": {"subject": "您好", "body": "请来"}}}');
    await writeFile(join(inner, 'known.bpmn'), telling('hello'));
    await writeFile(join(inner, 'unknown.bpmn'), telling('goodbye'));
    const [known, unknown] = await lintAll([join(inner, 'known.bpmn'), join(inner, 'unknown.bpmn')]);
    expect(known).toMatchObject({ refused: false });
    expect(unknown?.problems[0]).toMatchObject({ code: 'unknown-message-template', element: 'A' });
  });

  it('reads a file in the encoding it is saved in', async () => {
    const path = join(folder, 'latin.bpmn');
    const xml = diagramXml(around('<bpmn:userTask id="A" name="Prüfung"/>'))
      .replace('流程', 'V')
      .replace('UTF-8', 'ISO-8859-1');
    await writeFile(path, xml, 'latin1');
    expect((await lintAll([path]))[0]?.problems).toContainEqual(expect.objectContaining({ elementName: 'Prüfung' }));
  });

  it('takes all definitions of a folder, and says when there are none', async () => {
    const inner = await mkdtemp(join(folder, 'of-a-folder-'));
    await expect(run([inner])).rejects.toThrow(`There is no .bpmn file in the folder "${inner}"`);
    await copyFile(shipped('refund'), join(inner, 'other.bpmn'));
    await writeFile(join(inner, 'notes.txt'), 'no definition');
    await writeFile(join(inner, 'broken.bpmn'), 'no definition either');
    const { code, text } = await run([inner]);
    expect(code).toBe(1);
    expect(text).toMatch(/broken\.bpmn {2}would be refused/);
    expect(text).toMatch(/other\.bpmn/);
    expect(text).not.toMatch(/notes\.txt/);
    expect(text).toMatch(/^2 files:/m);
  });

  it('says which file is not there, and asks for one when none is named', async () => {
    await expect(run([join(folder, 'nowhere.bpmn')])).rejects.toMatchObject({ code: 'no-such-file' });
    await expect(run([])).rejects.toMatchObject({ code: 'no-file' });
    const copy = join(folder, 'copy.bpmn');
    await copyFile(shipped('refund'), copy);
    expect((await run([copy])).code).toBe(0);
  });
});
