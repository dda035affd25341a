/** What a person needs for the commonest work, in presses and keys: nothing on the way may ask for more. */
import { describe, expect } from 'vitest';
import { browserTest } from './chromium.ts';
import { toContact } from './complaints.ts';
import { countActs } from './counted.ts';
import { openStage } from './stage.ts';

const stage = openStage();

describe('a handler', () => {
  browserTest('comes from the login to a case that is advanced with four presses', async () => {
    const caseNumber = await toContact(stage.careloop);
    const context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    await page.goto(stage.careloop.url);
    await page.locator('.login input').first().waitFor();
    const counted = await countActs(page);
    const [staff, password] = ['handler-bj', stage.careloop.password];
    await page.keyboard.type(staff);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.locator('tr', { hasText: caseNumber }).getByRole('link').first().click();
    await page.locator('.task .formbox[data-ready]').waitFor();
    await page.locator('.task .formbox').getByText('已联系上').click();
    await page.locator('.task textarea').click();
    await page.keyboard.insertText('已电话说明，患者接受。');
    await page.getByRole('button', { name: '提交' }).click();
    await page.locator('.where', { hasText: '定性' }).waitFor();
    expect(await counted()).toEqual({ presses: 4, keys: staff.length + password.length + 2 });
    await context.close();
  });
});
