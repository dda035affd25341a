/** A director decides on a phone: what must be known is there, who is next is known before, and three taps are enough. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { applies, does, openTask, register, toPlan, toRefund } from '../end-to-end/acts.ts';
import { type Careloop, startCareloop } from '../support/careloop.ts';
import { browserTest, executable, expectUsable, launch, visit } from './chromium.ts';

let careloop: Careloop;
let browser: Browser;

beforeAll(async () => {
  if (executable === undefined) return;
  [careloop, browser] = await Promise.all([startCareloop(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await careloop?.close();
});

/** Taps, counted. */
function finger() {
  let taps = 0;
  return {
    async tap(what: Locator): Promise<void> {
      await what.tap();
      taps += 1;
    },
    taps: () => taps,
  };
}

describe('a director on a phone', () => {
  browserTest('decides a refund in three taps, and knows before who is next', async () => {
    const { caseNumber } = await register(careloop);
    const refund = await toRefund(careloop, caseNumber, 300_000);
    await applies(careloop, 'consultant-bj', caseNumber, 300_000);
    await openTask(careloop, caseNumber, 'CsDirectorCosign');
    const { page, problems, context } = await visit(browser, careloop, 'cs-director-bj', { width: 360 });
    const { tap, taps } = finger();
    const card = page.locator('.card', { hasText: refund });
    await card.waitFor();
    await tap(card);
    const agree = page.locator('.task').getByText('同意', { exact: true }).first();
    await agree.waitFor();
    await page.locator('.choices-ahead', { hasText: '科室主任审批' }).waitFor();
    await page.locator('.facts', { hasText: '现金' }).waitFor();
    await expectUsable(page);
    await tap(agree);
    await tap(page.getByRole('button', { name: '提交' }));
    await page.locator('.where', { hasText: '科室主任审批' }).waitFor();
    expect(taps()).toBe(3);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('says why when not approving, and whoever proposed it reads the reason', async () => {
    const { caseNumber } = await register(careloop);
    await toPlan(careloop, caseNumber);
    const plan = { kind: 'refund', amountCents: 300_000, note: '等候过久，退还挂号费' };
    await does(careloop, 'cs-director-bj', caseNumber, 'ProposePlan', plan);
    await does(careloop, 'department-head-bj', caseNumber, 'DepartmentHeadApproval', { decision: 'approve' });
    await openTask(careloop, caseNumber, 'PresidentApproval');
    const { page, problems, context } = await visit(browser, careloop, 'president-bj', { width: 360 });
    await page.locator('.card', { hasText: caseNumber }).tap();
    await page.locator('.facts', { hasText: '等候过久，退还挂号费' }).waitFor();
    await page.locator('.task').getByText('不同意', { exact: true }).first().tap();
    await page.getByRole('button', { name: '提交' }).tap();
    await page.getByText('必填').first().waitFor();
    await page.locator('.task textarea').fill('金额过高');
    await page.getByRole('button', { name: '提交' }).tap();
    await page.locator('.where', { hasText: '制定解决方案' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
    const director = await visit(browser, careloop, 'cs-director-bj');
    await director.page.goto(`${careloop.url}/cases/complaint/${caseNumber}`);
    await director.page.locator('.facts', { hasText: '金额过高' }).waitFor();
    await director.context.close();
  });
});
