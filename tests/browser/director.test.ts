/** A director decides on a phone: what must be known is there, who is next is known before, and three taps are enough. */
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { applies, openTask, register, toRefund } from '../end-to-end/acts.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { openStage } from './stage.ts';

const stage = openStage();

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
    const { caseNumber } = await register(stage.careloop);
    const refund = await toRefund(stage.careloop, caseNumber, 300_000);
    await applies(stage.careloop, 'consultant-bj', caseNumber, 300_000);
    await openTask(stage.careloop, caseNumber, 'CsDirectorCosign');
    const { page, problems, context } = await stage.visit('cs-director-bj', { width: 360 });
    const { tap, taps } = finger();
    const card = page.locator('.card', { hasText: refund });
    await card.waitFor();
    await tap(card);
    const agree = page.locator('.task .formbox').getByText('同意', { exact: true });
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
});
