/** Stories of those who keep the processes running: they find what is stuck, free it, and are told what truly happened. */
import { describe, expect } from 'vitest';
import { browserTest, expectUsable } from './chromium.ts';
import { countActs } from './counted.ts';
import { openStage } from './stage.ts';
import { deployPricing, deployQuote, setPrice, stuckInstance } from './stuck-instances.ts';
import { versionOf, visitsOfFirstVersion } from './visits.ts';

const stage = openStage(deployPricing);

describe('an operator', () => {
  browserTest('finds an incident and frees the instance with two clicks', async () => {
    const key = await stuckInstance(stage.careloop);
    await setPrice(stage.careloop, key);
    const { page, problems, context } = await stage.visit('ops');
    const counted = await countActs(page);
    await page.getByRole('link', { name: '运维' }).click();
    const stuck = page.locator('.stuck', { hasText: key });
    await stuck.getByText('price').first().waitFor();
    await stuck.getByText('处理办法').waitFor();
    await stuck.getByRole('button', { name: '重试' }).click();
    await page.locator('.latest .report', { hasText: '成功' }).waitFor();
    await stuck.waitFor({ state: 'detached' });
    expect(await counted()).toEqual({ presses: 2, keys: 0 });
    await expectUsable(page);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('retries all that match, and is told which of them stopped again', async () => {
    const keys = [await stuckInstance(stage.careloop), await stuckInstance(stage.careloop)];
    await setPrice(stage.careloop, keys[0] ?? '');
    const { page, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/ops?process=pricing`);
    await page.locator('.stuck').nth(1).waitFor();
    await expectUsable(page);
    await page.getByLabel('选择本页').check();
    await page.locator('.listbar').getByRole('button', { name: '重试' }).click();
    const line = (key: string) => page.locator('.latest .report li', { hasText: key });
    await line(keys[0] ?? '')
      .getByText('成功')
      .waitFor();
    await line(keys[1] ?? '')
      .getByText('再次故障')
      .waitFor();
    await page.getByRole('link', { name: '查看详情' }).click();
    await page.getByRole('heading', { name: '重试' }).waitFor();
    await page.getByText('再次故障 1').waitFor();
    await expectUsable(page);
    await page.getByRole('link', { name: '批量操作' }).click();
    await page.locator('.tile', { hasText: '重试' }).first().waitFor();
    await expectUsable(page);
    await context.close();
  });

  browserTest('sets a missing variable in what is stuck, on a phone, by keyboard', async () => {
    const key = await stuckInstance(stage.careloop);
    const { page, context } = await stage.visit('ops', { width: 360 });
    await page.goto(`${stage.careloop.url}/ops?q=${key}`);
    await page.locator('.stuck', { hasText: key }).waitFor();
    await expectUsable(page);
    await page.getByLabel('选择本页').focus();
    await page.keyboard.press('Space');
    await page.locator('.listbar').getByRole('button', { name: '修改变量' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('变量名').waitFor();
    await page.keyboard.type('price');
    await page.keyboard.press('Tab');
    await page.keyboard.type('30');
    await expectUsable(page);
    await page.getByRole('button', { name: '确定' }).click();
    await page.locator('.latest .report', { hasText: '成功' }).waitFor();
    await context.close();
  });

  browserTest('migrates two instances with the mapping that is proposed, after a dry run', async () => {
    const keys = await visitsOfFirstVersion(stage.careloop, 2);
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/ops/migrate/visit?version=1`);
    await page.locator('.side-by-side .canvas[data-ready]').nth(1).waitFor();
    await page.getByText('系统建议').waitFor();
    await expectUsable(page);
    const migrate = page.locator('.listbar').getByRole('button', { name: '迁移', exact: true });
    expect(await migrate.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '试运行全部' }).click();
    await page.locator('.latest .outcomes', { hasText: '可以执行 2' }).waitFor();
    await migrate.click();
    await page.locator('.latest .outcomes', { hasText: '成功 2' }).waitFor();
    for (const key of keys) {
      await page.locator('.latest .report li', { hasText: key }).waitFor();
      expect(await versionOf(stage.careloop, key)).toBe(2);
    }
    await expectUsable(page);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('sees over the diagram where instances stand and are stuck, and goes to them', async () => {
    const key = await stuckInstance(stage.careloop);
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/ops/heat/pricing?measure=incidents`);
    await page.locator('.canvas[data-ready] .djs-shape.heat-5').waitFor();
    await expectUsable(page);
    await page.locator('.numbers a.bad').first().click();
    await page.locator('tr', { hasText: key }).waitFor();
    await expectUsable(page);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('comes from an incident to all instances of the same origin, and cancels them together', async () => {
    const { careloop } = stage;
    await deployQuote(careloop);
    await stuckInstance(careloop);
    const body = { process: 'quote', facility: 'BJ', businessKey: 'Q-1' };
    expect((await careloop.as('ops', 'POST /api/instances', { body, key: 'Q-1' })).status).toBe(201);
    const { page, problems, context } = await stage.visit('ops', { width: 360 });
    await page.goto(`${careloop.url}/ops?process=pricing`);
    await page.getByRole('link', { name: '同一来源的流程' }).click();
    await page.locator('.lineage').getByRole('link', { name: 'quote/Q-1' }).waitFor();
    await expect.poll(() => page.locator('.card').count()).toBe(1);
    await expectUsable(page);
    await page.getByLabel('选择本页').check();
    await page.locator('.listbar').getByRole('button', { name: '取消流程' }).click();
    await page.locator('.preview', { hasText: '将处理 1 个' }).waitFor();
    await page.getByPlaceholder('理由').fill('不再需要');
    await page.getByRole('button', { name: '确定' }).click();
    await page.locator('.latest .outcomes', { hasText: '成功 1' }).waitFor();
    await page.getByRole('button', { name: '显示全部' }).click();
    await page.locator('.card', { hasText: 'Q-1' }).first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('is told how the installation does, on a phone too', async () => {
    for (const width of [1440, 360]) {
      const { page, problems, context } = await stage.visit('ops', { width });
      await page.goto(`${stage.careloop.url}/ops/overview`);
      await page.locator('.figure', { hasText: '工作进程' }).getByText('1', { exact: true }).waitFor();
      await expectUsable(page);
      for (const name of ['消息', '定时任务', '发件箱']) {
        await page.locator('.subnav').getByRole('link', { name }).click();
        await page.getByRole('heading', { name }).waitFor();
        await page.locator('.ant-skeleton').waitFor({ state: 'detached' });
        await expectUsable(page);
      }
      expect(problems).toEqual([]);
      await context.close();
    }
  });

  browserTest('replays an instance step by step, with the keyboard', async () => {
    const key = await stuckInstance(stage.careloop);
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/ops?q=${key}`);
    await page.locator('.stuck').getByRole('link', { name: '回放' }).click();
    await page.locator('.canvas[data-ready]').waitFor();
    await expectUsable(page);
    expect(await page.locator('.is-stuck').count()).toBe(0);
    await page.getByRole('slider').focus();
    await page.keyboard.press('End');
    await page.locator('.is-stuck').first().waitFor();
    await page.keyboard.press('Home');
    await page.locator('.is-stuck').first().waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await context.close();
  });
});
