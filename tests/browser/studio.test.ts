/** Stories of a process owner: a process is drawn, checked, simulated, published and worked to its end without leaving the browser. */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { until } from '../support/careloop.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { openStage } from './stage.ts';

const stage = openStage();

const checked = (page: Page) => page.locator('.problems[data-checked]');
const canvas = (page: Page) => page.locator('.modeler .canvas[data-ready]');

/** Opens the group of the properties panel, and gives its field. */
async function field(page: Page, group: string, name: string) {
  const input = page.locator(`#bio-properties-panel-${name}`);
  if (!(await input.isVisible())) await page.locator('.bio-properties-panel-group-header', { hasText: group }).click();
  return input;
}

/** Draws the smallest process that a role works on. */
async function draw(page: Page, key: string, name: string, role: string): Promise<void> {
  await page.goto(`${stage.careloop.url}/studio`);
  await page.getByLabel('流程名称').fill(name);
  await page.getByLabel('流程标识').fill(key);
  await page.getByRole('button', { name: '创建' }).click();
  await canvas(page).waitFor();
  await (await field(page, '闭环', 'careloop-candidateStarterGroups')).fill('*');
  await page.locator('.djs-element[data-element-id="First"]').click();
  await (await field(page, '分派', 'assignmentDefinitionCandidateGroups')).fill(role);
}

async function publish(page: Page, note: string): Promise<void> {
  await page.locator('.studio .bar').getByRole('button', { name: '发布' }).click();
  await page.getByLabel('版本说明').fill(note);
  await page.getByRole('button', { name: /发布为第/ }).click();
  await page.waitForURL(/\/definitions\//);
  await page.locator('td.version-note', { hasText: note }).waitFor();
}

describe('a process owner', () => {
  browserTest('is told of an error while drawing, corrects it, simulates, and publishes', async () => {
    const { page, problems, context } = await stage.visit('ops');
    await draw(page, 'supplies', '物资申领', 'cs-directr');
    await page.locator('.problem', { hasText: '没有这个角色' }).waitFor();
    const bar = page.locator('.studio .bar');
    await checked(page).waitFor();
    expect(await bar.getByRole('button', { name: '发布' }).isDisabled()).toBe(true);
    await page.locator('button.problem', { hasText: '没有这个角色' }).click();
    expect(await page.locator('.djs-element.selected').getAttribute('data-element-id')).toBe('First');
    await (await field(page, '分派', 'assignmentDefinitionCandidateGroups')).fill('cs-director');
    await page.locator('.problem', { hasText: '没有这个角色' }).waitFor({ state: 'detached' });
    await bar.getByText('已保存').waitFor();

    await bar.getByRole('button', { name: '模拟' }).click();
    await page.getByRole('button', { name: '开始', exact: true }).click();
    await page.locator('.simulation .djs-element.is-active[data-element-id="First"]').waitFor();
    await page.getByRole('button', { name: '办结' }).click();
    await page.getByText('流程结束：已完成').waitFor();
    await page.getByRole('button', { name: '返回绘图' }).click();

    await publish(page, '第一次发布');
    await expectUsable(page);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('loses nothing of a drawing by a reload, and undoes what was drawn', async () => {
    const { page, context } = await stage.visit('ops');
    await draw(page, 'errands', '跑腿', 'handler');
    await page.waitForURL(/drawing=/);
    const path = `/api/drawings/${new URL(page.url()).searchParams.get('drawing')}`;
    await until('the role is saved', async () => {
      const { body } = await stage.careloop.as<{ files: { xml: string } }>('ops', `GET ${path}`);
      return body.files.xml.includes('candidateGroups="handler"');
    });
    await page.reload();
    await canvas(page).waitFor();
    await page.locator('.djs-element[data-element-id="First"]').click();
    expect(await (await field(page, '分派', 'assignmentDefinitionCandidateGroups')).inputValue()).toBe('handler');
    const start = page.locator('.djs-element[data-element-id="Start"]');
    await start.click();
    await page.keyboard.press('Delete');
    await start.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '撤销' }).click();
    await start.waitFor();
    await context.close();
  });
});

describe('a process that was drawn in the browser', () => {
  browserTest('is published by one role, started by another, and found and completed by a third', async () => {
    const owner = await stage.visit('ops');
    await draw(owner.page, 'key-return', '归还钥匙', 'cs-director');
    await checked(owner.page).waitFor();
    await publish(owner.page, '新流程');

    // Nobody types an address from here on.
    const starter = await stage.visit('handler-bj');
    await starter.page.getByRole('navigation').getByRole('link', { name: '发起' }).click();
    await starter.page.locator('.choices').getByRole('link', { name: '归还钥匙' }).click();
    await starter.page.locator('.acts').getByRole('button', { name: '发起' }).click();
    await starter.page.locator('.case-head', { hasText: '归还钥匙' }).waitFor();

    const director = await stage.visit('cs-director-bj');
    const row = director.page.locator('tbody tr', { hasText: '归还钥匙' });
    await row.getByRole('link', { name: '第一步' }).click();
    await director.page.locator('.task').getByRole('button', { name: '提交' }).click();
    await director.page.locator('.case-head .tag', { hasText: '已完成' }).waitFor();

    // The page of the one who started it says so without a reload.
    await starter.page.locator('.case-head .tag', { hasText: '已完成' }).waitFor();
    await starter.page.locator('.timeline li', { hasText: '办结“第一步”' }).waitFor();
    for (const { context, problems } of [owner, starter, director]) {
      expect(problems).toEqual([]);
      await context.close();
    }
  });
});
