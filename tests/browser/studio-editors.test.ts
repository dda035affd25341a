/** The studio beside its diagram: texts to people, English names, forms, decisions, simulation; each usable by everybody. */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { until } from '../support/careloop.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { openStage } from './stage.ts';

const stage = openStage();

const tab = (page: Page, name: string) => page.locator('.editor-tabs').getByRole('button', { name, exact: true });
const isDrawn = (page: Page) => page.locator('.modeler .canvas[data-ready]').waitFor();

describe('a process owner', () => {
  browserTest('writes a text to people and an English name beside the diagram, and both are saved', async () => {
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/studio/complaint`);
    await isDrawn(page);
    await tab(page, '消息模板').click();
    await page.getByLabel('模板标识').fill('visit-reminder');
    await page.getByRole('button', { name: '新建模板' }).click();
    await page.getByLabel('中文标题').fill('复诊提醒');
    await page.getByLabel('中文正文').fill('{name}，您明天有复诊。');
    await page.getByLabel('英文标题').fill('Your visit');
    await page.getByLabel('英文正文').fill('You have a visit tomorrow.');
    await page.getByText('中英文的占位符不一致：name').waitFor();
    await expectUsable(page);
    await tab(page, '英文名称').click();
    await page.getByLabel('受理投诉的英文名称').fill('Take on the complaint');
    await expectUsable(page);
    await page.waitForURL(/drawing=/);
    const path = `/api/drawings/${new URL(page.url()).searchParams.get('drawing')}`;
    interface Files {
      messages?: Record<string, { zh: { subject: string }; en?: { body: string } }>;
      englishNames?: Record<string, string>;
    }
    await until('both are saved', async () => {
      const { body } = await stage.careloop.as<{ files: Files }>('ops', `GET ${path}`);
      const { messages = {}, englishNames = {} } = body.files;
      return (
        messages['visit-reminder']?.zh.subject === '复诊提醒' &&
        messages['visit-reminder'].en?.body === 'You have a visit tomorrow.' &&
        englishNames['AcceptComplaint'] === 'Take on the complaint'
      );
    });
    expect(problems).toEqual([]);
    await context.close();
  });
});

const words = {
  zh: { tabs: ['表单', '决策', '消息模板', '英文名称'], diagram: '流程图', simulate: '模拟', begin: '开始' },
  en: {
    tabs: ['Forms', 'Decisions', 'Message templates', 'English names'],
    diagram: 'Diagram',
    simulate: 'Simulate',
    begin: 'Start',
  },
};

describe('the studio', () => {
  for (const [language, scheme, width] of [
    ['zh', 'light', 1440],
    ['en', 'dark', 1440],
    ['zh', 'dark', 360],
  ] as const)
    browserTest(`is usable in each of its editors at ${width} px in the ${scheme} scheme (${language})`, async () => {
      const { page, problems, context } = await stage.visit('ops', { width, language, scheme });
      await page.goto(`${stage.careloop.url}/studio/complaint`);
      await isDrawn(page);
      await page.locator('.problems[data-checked]').waitFor();
      const { tabs, diagram, simulate, begin } = words[language];
      const findings: string[] = [];
      const check = (where: string) =>
        expectUsable(page).catch((error: Error) => findings.push(`${where}: ${error.message}`));
      await check(diagram);
      for (const name of tabs) {
        await tab(page, name).click();
        await page.locator('.ant-skeleton').waitFor({ state: 'detached' });
        await check(name);
      }
      await tab(page, diagram).click();
      await page.locator('.studio .bar').getByRole('button', { name: simulate }).click();
      await page.getByRole('button', { name: begin }).waitFor();
      await check(simulate);
      expect(findings).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    });
});
