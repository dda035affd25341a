/** Stories of acts on all that match: counted before, followed until their end through a restart, and told instance by instance. */
import { describe, expect } from 'vitest';
import { type Careloop, until } from '../support/careloop.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { openStage } from './stage.ts';
import { deployPricing, stuckInstance } from './stuck-instances.ts';

const stage = openStage(deployPricing);

/** More than a page of the list. */
const many = 52;

async function stuckInstances(careloop: Careloop, count: number): Promise<string[]> {
  const keys: string[] = [];
  while (keys.length < count) {
    const few = Array.from({ length: Math.min(8, count - keys.length) }, () => stuckInstance(careloop));
    keys.push(...(await Promise.all(few)));
  }
  return keys;
}

const statusOf = async (careloop: Careloop, key: string): Promise<string> =>
  (await careloop.as<{ status: string }>('ops', `GET /api/instances/${encodeURIComponent(`pricing/${key}`)}`)).body
    .status;

describe('an operator', () => {
  browserTest('moves those that were picked to another element, after a dry run', async () => {
    const keys = await stuckInstances(stage.careloop, 2);
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/ops?process=pricing`);
    for (const key of keys) await page.locator('.stuck', { hasText: key }).getByRole('checkbox').check();
    await page.locator('.listbar').getByRole('button', { name: '移动令牌' }).click();
    await page.getByRole('heading', { name: '移动令牌' }).waitFor();
    await page.locator('.canvas[data-ready]').waitFor();
    await page.getByText('所选 2 个').waitFor();
    await page.getByLabel('从', { exact: true }).selectOption('A');
    await page.getByLabel('移到', { exact: true }).selectOption('E');
    await expectUsable(page);
    const move = page.locator('.listbar').getByRole('button', { name: '移动', exact: true });
    expect(await move.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '试运行全部' }).click();
    await page.locator('.latest .outcomes', { hasText: '可以执行 2' }).waitFor();
    await move.click();
    await page.locator('.latest .outcomes', { hasText: '成功 2' }).waitFor();
    for (const key of keys) {
      await page.locator('.latest .report li', { hasText: key }).waitFor();
      expect(await statusOf(stage.careloop, key)).toBe('completed');
    }
    await expectUsable(page);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest(
    'sets a variable in all that match and retries them, also those of other pages, through a restart',
    async () => {
      const keys = await stuckInstances(stage.careloop, many);
      const { page, context } = await stage.visit('ops');
      await page.goto(`${stage.careloop.url}/ops?process=pricing`);
      await page.getByRole('button', { name: `选择全部 ${many} 个` }).click();
      await page.locator('.listbar').getByRole('button', { name: '修改变量' }).click();
      await page.locator('.preview', { hasText: `将处理 ${many} 个` }).waitFor();
      await expectUsable(page);
      await page.getByLabel('变量名').fill('price');
      await page.getByLabel('值', { exact: true }).fill('30');
      await page.getByRole('button', { name: '确定' }).click();
      await page.locator('.latest').waitFor();
      await Promise.all([stage.careloop.kill('worker'), stage.careloop.kill('api')]);
      await stage.careloop.start('worker');
      await stage.careloop.start('api');
      await page.locator('.latest .outcomes', { hasText: `成功 ${many}` }).waitFor();
      for (const key of keys)
        await until(`${key} is completed`, async () => (await statusOf(stage.careloop, key)) === 'completed');
      await page.getByRole('link', { name: '查看详情' }).click();
      await page.locator('.report li').nth(49).waitFor();
      await expectUsable(page);
      await context.close();
    },
  );

  browserTest('is told before how many are stuck of those that match', async () => {
    const key = (await stuckInstances(stage.careloop, 1))[0] ?? '';
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/instances?process=pricing&status=active&q=${key}`);
    await page.getByLabel('选择本页').check();
    await page.locator('.listbar').getByRole('button', { name: '跳过步骤' }).click();
    await page.locator('.preview', { hasText: '将处理 1 个' }).waitFor();
    await page.getByPlaceholder('理由').fill('手工算过');
    await expectUsable(page);
    await page.getByRole('button', { name: '确定' }).click();
    await page.locator('.latest .outcomes', { hasText: '成功 1' }).waitFor();
    expect(await statusOf(stage.careloop, key)).toBe('completed');
    expect(problems).toEqual([]);
    await context.close();
  });
});
