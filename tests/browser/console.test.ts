/** Stories of the console in a real browser, against a whole Careloop: who does what, with how many clicks, and what is seen then. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { does, openTask, register, toPlan } from '../end-to-end/acts.ts';
import { browserTest, expectUsable, logIn } from './chromium.ts';
import { toContact } from './complaints.ts';
import { openStage } from './stage.ts';
import { deployPricing, setPrice, stuckInstance } from './stuck-instances.ts';

const stage = openStage();

const taskForm = (page: Page) => page.locator('.task .formbox[data-ready]');
const where = (page: Page, text: string) => page.locator('.where', { hasText: text });

/** Opens the page of such a case, and says that the patient was reached, and what was found, without submitting it. */
async function fillContact(page: Page, caseNumber: string, findings: string) {
  await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
  await taskForm(page).waitFor();
  await page.locator('.task .formbox').getByText('已联系上').click();
  const box = page.locator('.task textarea');
  await box.fill(findings);
  return box;
}

/** A complaint whose plan the president has to approve. */
async function planForPresident(): Promise<string> {
  const { caseNumber } = await register(stage.careloop);
  await toPlan(stage.careloop, caseNumber);
  await does(stage.careloop, 'cs-director-bj', caseNumber, 'ProposePlan', { kind: 'refund', amountCents: 300_000 });
  await does(stage.careloop, 'department-head-bj', caseNumber, 'DepartmentHeadApproval', { decision: 'approve' });
  await openTask(stage.careloop, caseNumber, 'PresidentApproval');
  return caseNumber;
}

describe('a handler', () => {
  browserTest('finds a case in the inbox, is shown where it stands and why, and does its task', async () => {
    const { caseNumber } = await register(stage.careloop);
    await openTask(stage.careloop, caseNumber, 'AcceptComplaint');
    const { page, problems, context } = await stage.visit('cs-director-bj');
    await page.getByRole('link', { name: '受理投诉' }).first().waitFor();
    await expectUsable(page);
    await page.locator('tr', { hasText: caseNumber }).getByRole('link', { name: '受理投诉' }).click();
    await taskForm(page).waitFor();
    expect(await page.locator('.where').textContent()).toContain('受理投诉');
    await page.getByText('为什么在等').click();
    expect(await page.locator('.standing').textContent()).toContain('截止');
    expect(await page.locator('.standing .why[open]').textContent()).toContain('受理投诉');
    await page.locator('.canvas[data-ready]').waitFor();
    expect(await page.locator('.djs-shape.is-active').count()).toBeGreaterThan(0);
    await expectUsable(page);
    await page.getByRole('button', { name: '提交' }).click();
    await where(page, '调查经过并联系患者').waitFor();
    await page.locator('.timeline', { hasText: '受理投诉' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('keeps what was typed when the session expires in the middle of a form', async () => {
    const caseNumber = await toContact(stage.careloop);
    const { page, context } = await stage.visit('handler-bj');
    const box = await fillContact(page, caseNumber, '已电话说明');
    await context.clearCookies();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('登录已过期').waitFor();
    await logIn(page, stage.careloop, 'handler-bj');
    expect(await box.inputValue()).toBe('已电话说明');
    await page.getByRole('button', { name: '提交' }).click();
    await where(page, '定性').waitFor();
    await context.close();
  });

  browserTest('is told who did the task when a colleague was first', async () => {
    const { caseNumber } = await register(stage.careloop);
    const task = await openTask(stage.careloop, caseNumber, 'AcceptComplaint');
    const { page, context } = await stage.visit('cs-director-bj');
    await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}?task=${task.id}`);
    await taskForm(page).waitFor();
    await stage.careloop.as('cs-director-bj', `POST /api/tasks/${task.id}/complete`, {
      body: { variables: {} },
      key: randomUUID(),
    });
    await page.getByText('该任务已失效').waitFor();
    await context.close();
  });
});

describe('a director on a phone', () => {
  browserTest('approves in three taps', async () => {
    const caseNumber = await planForPresident();
    const { page, problems, context } = await stage.visit('president-bj', { width: 360 });
    const card = page.locator('.card', { hasText: caseNumber });
    await card.waitFor();
    await expectUsable(page);
    await card.tap();
    const agree = page.locator('.task .formbox').getByText('同意', { exact: true });
    await agree.waitFor();
    await expectUsable(page);
    await agree.tap();
    await page.getByRole('button', { name: '提交' }).tap();
    await page.locator('.where').filter({ hasNotText: '院长审批方案' }).waitFor();
    await page.locator('.timeline', { hasText: '院长审批方案' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('an employee', () => {
  browserTest('is shown at the fields what is missing before a leave is requested', async () => {
    const { page, context } = await stage.visit('handler-bj');
    await page.getByRole('link', { name: '发起' }).click();
    await page.getByRole('link', { name: '请假' }).click();
    await page.locator('.formbox[data-ready]').waitFor();
    await expectUsable(page);
    await page.locator('.acts').getByRole('button', { name: '发起' }).click();
    await page.getByText('必填').first().waitFor();
    await page.getByText(/有 \d 处需要更正/).waitFor();
    await context.close();
  });

  for (const { language, placeholder, firstDay, picked } of [
    { language: 'zh', placeholder: '年/月/日', firstDay: '周日', picked: /^\d{4}\/\d\d\/15$/ },
    { language: 'en', placeholder: 'yyyy-mm-dd', firstDay: 'Sun', picked: /^\d{4}-\d\d-15$/ },
  ] as const)
    browserTest(`picks a date on a phone in the language of the console (${language})`, async () => {
      const { page, problems, context } = await stage.visit('handler-bj', { width: 360, language });
      await page.goto(`${stage.careloop.url}/start/leave`);
      await page.locator('.formbox[data-ready]').waitFor();
      const date = page.getByPlaceholder(placeholder).first();
      await date.click();
      const calendar = page.locator('.flatpickr-calendar.open');
      await calendar.waitFor();
      expect((await calendar.locator('.flatpickr-weekday').first().textContent())?.trim()).toBe(firstDay);
      await expectUsable(page);
      const { x = -1, width = 360 } = (await calendar.boundingBox()) ?? {};
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(360);
      await calendar.locator('.flatpickr-day:not(.prevMonthDay, .nextMonthDay)').nth(14).click();
      expect(await date.inputValue()).toMatch(picked);
      expect(problems).toEqual([]);
      await context.close();
    });
});

describe('an operator', () => {
  browserTest('frees a process that is stuck with two clicks', async () => {
    await deployPricing(stage.careloop);
    const key = await stuckInstance(stage.careloop);
    await setPrice(stage.careloop, key);
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/instances?incident=1&q=${key}`);
    const row = page.locator('tr', { hasText: key });
    await row.waitFor();
    await expectUsable(page);
    await row.getByRole('link').click();
    await page.getByRole('button', { name: '重试' }).click();
    await page.locator('.case-head .tag', { hasText: '已完成' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('in English', () => {
  browserTest('a page has no Chinese words of its own', async () => {
    const { page, context, problems } = await stage.visit('handler-bj', { language: 'en' });
    await page.getByRole('link', { name: 'Start' }).click();
    await page.getByRole('heading', { name: 'Start a process' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '发起流程' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a restart of the API', () => {
  browserTest('loses nothing that was typed', async () => {
    const caseNumber = await toContact(stage.careloop);
    const { page, context } = await stage.visit('handler-bj');
    const box = await fillContact(page, caseNumber, '稍后回电');
    await stage.careloop.kill('api');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('无法连接服务器').first().waitFor();
    await stage.careloop.start('api');
    expect(await box.inputValue()).toBe('稍后回电');
    await page.reload();
    await taskForm(page).waitFor();
    expect(await page.locator('.task textarea').inputValue()).toBe('稍后回电');
    await page.getByRole('button', { name: '提交' }).click();
    await where(page, '定性').waitFor();
    await context.close();
  });
});
