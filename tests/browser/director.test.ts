/** A director decides on a phone: what must be known is there, who is next is known before, and three taps are enough. */
import { describe, expect } from 'vitest';
import { applies, openTask, register, toRefund } from '../end-to-end/acts.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { countActs } from './counted.ts';
import { openStage } from './stage.ts';

const stage = openStage();

describe('a director on a phone', () => {
  browserTest('decides a refund in three taps, and knows before who is next', async () => {
    const { caseNumber } = await register(stage.careloop);
    const refund = await toRefund(stage.careloop, caseNumber, 300_000);
    await applies(stage.careloop, 'consultant-bj', caseNumber, 300_000);
    await openTask(stage.careloop, caseNumber, 'CsDirectorCosign');
    const { page, problems, context } = await stage.visit('cs-director-bj', { width: 360 });
    const counted = await countActs(page);
    const card = page.locator('.card', { hasText: refund });
    await card.waitFor();
    await card.tap();
    const agree = page.locator('.task .formbox').getByText('同意', { exact: true });
    await agree.waitFor();
    await page.locator('.choices-ahead', { hasText: '科室主任审批' }).waitFor();
    await page.locator('.facts', { hasText: '现金' }).waitFor();
    await expectUsable(page);
    await agree.tap();
    await page.getByRole('button', { name: '提交' }).tap();
    await page.locator('.where', { hasText: '科室主任审批' }).waitFor();
    expect(await counted()).toEqual({ presses: 3, keys: 0 });
    expect(problems).toEqual([]);
    await context.close();
  });
});
