/** Stories of the inbox in a real browser: colleagues at one list, saved views, the keyboard alone, many tasks at once. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserTest, expectUsable } from './chromium.ts';

import { toAccept } from './complaints.ts';
import { openStage } from './stage.ts';

const stage = openStage();

const row = (page: Page, text: string) => page.locator('.grid tbody tr', { hasText: text });

/** A second director at BJ: the demo has one of each role. */
async function colleague(): Promise<string> {
  const id = 'director2-bj';
  const body = { id, name: '沈知行', roles: [{ role: 'cs-director', facility: 'BJ' }] };
  await stage.careloop.as('administrator', 'POST /api/staff', { body, key: randomUUID() });
  const link = await stage.careloop.as<{ token: string }>('administrator', `POST /api/staff/${id}/password-link`, {
    body: {},
    key: randomUUID(),
  });
  const { password } = stage.careloop;
  const set = await stage.careloop.as(null, 'POST /api/password', { body: { token: link.body.token, password } });
  expect(set.status).toBe(204);
  return id;
}

describe('two people at one list', () => {
  browserTest('see a task come and go without a reload, and who has done it', async () => {
    const other = await colleague();
    const { page, problems, context } = await stage.visit('cs-director-bj');
    await page.getByRole('heading', { name: '待办' }).waitFor();
    await page.evaluate('window.sameDocument = true');
    const { caseNumber, id } = await toAccept(stage.careloop);
    await row(page, caseNumber).waitFor();
    const done = await stage.careloop.as(other, `POST /api/tasks/${id}/complete`, {
      body: { variables: {} },
      key: randomUUID(),
    });
    expect(done.status).toBe(200);
    await page.getByText(/沈知行已办结.*移出列表/).waitFor();
    await row(page, caseNumber).filter({ hasText: '受理投诉' }).waitFor({ state: 'detached' });
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a decider', () => {
  browserTest('approves several leaves with one decision, which the diagram allows', async () => {
    const beginsAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const variables = { kind: 'annual', beginsAt, endsAt: beginsAt, days: 0.5 };
    const keys: string[] = [];
    for (const login of ['intake-bj', 'handler-bj']) {
      const body = { process: 'leave', facility: 'BJ', variables };
      const begun = await stage.careloop.as<{ businessKey: string }>(login, 'POST /api/instances', {
        body,
        key: randomUUID(),
      });
      keys.push(begun.body.businessKey);
    }
    const { page, problems, context } = await stage.visit('department-head-bj');
    for (const key of keys) {
      await row(page, key).getByRole('checkbox').check();
    }
    await page.getByRole('button', { name: '批量办理' }).click();
    const dialog = page.getByRole('dialog');
    for (const key of keys) await dialog.getByText(key).waitFor();
    await dialog.locator('.formbox[data-ready]').waitFor();
    await dialog.getByRole('button', { name: '提交 2 件' }).click();
    await dialog.getByText(/有 \d+ 处需要更正/).waitFor();
    await dialog.getByText('同意', { exact: true }).click();
    await expectUsable(page);
    await dialog.getByRole('button', { name: '提交 2 件' }).click();
    await page.getByText('2 / 2：成功 2 件，失败 0 件').waitFor();
    await page.getByRole('dialog').locator('.ant-modal-footer').getByRole('button').last().click();
    for (const key of keys) await row(page, key).waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a handler', () => {
  browserTest('claims, opens and searches by the keyboard alone', async () => {
    const { caseNumber } = await toAccept(stage.careloop);
    const { page, problems, context } = await stage.visit('cs-director-bj');
    await row(page, caseNumber).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('领取').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type(caseNumber.toLowerCase());
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await expect.poll(() => page.locator('.grid tbody tr .strong').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('c');
    const { name } = (await stage.careloop.as<{ name: string }>('cs-director-bj', 'GET /api/me')).body;
    await row(page, name).waitFor();
    await page.keyboard.press('e');
    await page.locator('.task .formbox[data-ready]').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('saves a view with its columns, and opens it by its address', async () => {
    const { caseNumber } = await toAccept(stage.careloop);
    const { page, context } = await stage.visit('cs-director-bj');
    await page.goto(`${stage.careloop.url}/?process=complaint`);
    await row(page, caseNumber).waitFor();
    await page.getByRole('button', { name: '列', exact: true }).click();
    await page.getByRole('checkbox', { name: '阶段' }).click();
    await page.getByRole('columnheader', { name: '阶段' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: '阶段' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '视图' }).click();
    await page.getByLabel('视图名称').fill('投诉按阶段');
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('.views').getByRole('link', { name: '投诉按阶段' }).waitFor();
    const address = new URL(page.url());
    await page.goto(stage.careloop.url);
    await page.getByRole('button', { name: '视图' }).click();
    await page.locator('.views').getByRole('link', { name: '投诉按阶段' }).click();
    await page.getByRole('columnheader', { name: '阶段' }).waitFor();
    expect(new URL(page.url()).search).toBe(address.search);
    const shared = await stage.visit(await colleague());
    await shared.page.goto(`${stage.careloop.url}${address.pathname}${address.search}`);
    await shared.page.getByRole('columnheader', { name: '阶段' }).waitFor();
    await shared.context.close();
    await context.close();
  });

  browserTest('claims many at once, and is told what became of each', async () => {
    const cases = [await toAccept(stage.careloop), await toAccept(stage.careloop)];
    const { page, context } = await stage.visit('cs-director-bj');
    for (const { caseNumber } of cases) await row(page, caseNumber).getByRole('checkbox').check();
    await page.getByRole('button', { name: '领取所选' }).click();
    await page.getByRole('dialog').getByText('2 / 2：成功 2 件').waitFor();
    await expectUsable(page);
    await page.getByRole('button', { name: '关闭' }).last().click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await context.close();
  });
});

describe('the inbox', () => {
  for (const width of [1440, 360])
    browserTest(`has no serious finding of accessibility at ${width} px, in English too`, async () => {
      const { caseNumber } = await toAccept(stage.careloop);
      const { page, context, problems } = await stage.visit('cs-director-bj', { width, language: 'en' });
      const one = page.locator(width < 768 ? '.card' : 'tbody tr', { hasText: caseNumber });
      await one.getByText('Accept the complaint').waitFor();
      await expectUsable(page);
      const words = await page.locator('.filters, .heading').allTextContents();
      expect(words.join('')).not.toMatch(/待办|超期|领取/);
      expect(problems).toEqual([]);
      await context.close();
    });
});
