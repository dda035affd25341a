/** Uploaded files are compiled beside the event loop: as they would be here, or refused when they take too long or too much. */
import { afterEach, describe, expect, it } from 'vitest';
import { carryOut } from '../../api/compiler/compile-task.ts';
import { createCompiler, type DefinitionCompiler } from '../../api/compiler/compiler.ts';
import type { ThreadLimits } from '../../api/threads/limited-thread.ts';
import { around, diagramXml } from '../engine/compile/builders.ts';
import { heavyFile, manyProcesses } from '../support/hostile-files.ts';

const small = { xml: diagramXml(around('<bpmn:manualTask id="A" name="任务"/>')) };
let compiler: DefinitionCompiler;
afterEach(() => compiler.close());

const withLimits = (limits?: ThreadLimits): void => {
  compiler = createCompiler(limits);
};

describe('a thread of its own', () => {
  it('answers what would be answered here', async () => {
    withLimits();
    const context = { roles: { clerk: { zh: '职员', en: 'Clerk' } }, jobs: ['*'] };
    const here = await carryOut({ kind: 'lint', definition: small, context });
    expect(here).toMatchObject({ linted: { plans: [{ key: 'P' }] } });
    expect({ kind: 'lint', linted: await compiler.lint(small, context) }).toEqual(here);
    expect(await compiler.draw(small, context)).toContain('BPMNShape');
  });

  it('gives up a file that takes too long, says so, and continues with the next one', async () => {
    withLimits({ deadlineMs: 4000, memoryMb: 512 });
    const [heavy, next] = await Promise.all([compiler.lint(heavyFile(), {}), compiler.lint(small, {})]);
    expect(heavy).toMatchObject({ plans: [], problems: [{ severity: 'error', code: 'compiling-too-long' }] });
    expect(next.plans).toHaveLength(1);
    // A repeat costs nothing.
    expect(await compiler.lint(heavyFile(), {})).toEqual(heavy);
  });

  it('tries a file again some time after it was given up', async () => {
    withLimits({ deadlineMs: 1, memoryMb: 512 });
    const [refusal] = (await compiler.lint(small, {})).problems;
    expect(refusal).toMatchObject({ code: 'compiling-too-long' });
    // What is remembered is the same object.
    await expect.poll(async () => (await compiler.lint(small, {})).problems[0]).not.toBe(refusal);
  });

  it('gives up a file that takes too much memory, says so, and continues with the next one', async () => {
    withLimits({ deadlineMs: 600_000, memoryMb: 40 });
    const heavy = await compiler.lint(heavyFile(), {});
    expect(heavy).toMatchObject({ plans: [], problems: [{ severity: 'error', code: 'compiling-too-large' }] });
    expect((await compiler.lint(small, {})).plans).toHaveLength(1);
  });

  it('lists some hundred problems and counts the others', async () => {
    withLimits({ deadlineMs: 600_000, memoryMb: 512 });
    const { problems } = await compiler.lint(manyProcesses(600), {});
    expect(problems).toHaveLength(501);
    expect(problems.at(-1)).toMatchObject({ code: 'more-problems', message: expect.stringMatching(/^\d+ more/) });
  });
});
