/** Stories of the settings: people and their passwords, the calendar, rules released by a second person, and the trail of it all. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { register } from '../end-to-end/acts.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { openStage } from './stage.ts';

const stage = openStage();

const own = 'four words of my own';

/** Chooses from a list of antd's: opens it, and takes the option of this name. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click();
}

describe('an administrator', () => {
  browserTest('adds a person with a role, who sets a password by the link and logs in', async () => {
    const id = `nurse-${randomUUID().slice(0, 6)}`;
    const { page, problems, context } = await stage.visit('administrator');
    await page.getByRole('link', { name: '设置' }).click();
    await page.getByRole('heading', { name: '人员' }).waitFor();
    await page.locator('.grid tbody tr').first().waitFor();
    await expectUsable(page);
    await page.getByRole('button', { name: '新增人员' }).click();
    await page.getByLabel('姓名').fill('欧阳予倩');
    await page.getByLabel('账号').fill(id);
    await expectUsable(page);
    await choose(page, '院区', '上海');
    await choose(page, '角色', '客服专员');
    await page.getByRole('dialog').getByRole('button', { name: '新增人员' }).click();
    await page.getByRole('heading', { name: '欧阳予倩' }).waitFor();
    await page.getByText('未设密码').waitFor();
    await expectUsable(page);
    await page.getByRole('button', { name: '生成设置密码的链接' }).click();
    const address = await page.getByRole('textbox', { name: '设置密码链接' }).inputValue();
    expect(address).toContain('/password#');
    await page.getByRole('dialog').locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();

    const theirs = await stage.browser.newContext({
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    });
    const phone = await theirs.newPage();
    await phone.goto(address);
    await phone.getByLabel('新密码').fill('short');
    await phone.getByRole('button', { name: '设置密码' }).tap();
    await phone.locator('.bad', { hasText: '至少 12 个字符' }).waitFor();
    await expectUsable(phone);
    await phone.getByLabel('新密码').fill(own);
    await phone.getByLabel('再输入一次').fill(own);
    await phone.getByRole('button', { name: '设置密码' }).tap();
    await phone.getByText('密码已设置').waitFor();
    await phone.getByRole('link', { name: '登录' }).tap();
    await phone.locator('.login input').nth(0).fill(id);
    await phone.locator('.login input').nth(1).fill(own);
    await phone.locator('.login button[type=submit]').tap();
    await phone.getByRole('button', { name: '账户: 欧阳予倩' }).waitFor();
    await phone.goto(address);
    await phone.getByLabel('新密码').fill(own);
    await phone.getByLabel('再输入一次').fill(own);
    await phone.getByRole('button', { name: '设置密码' }).tap();
    await phone.getByRole('alert').first().waitFor();
    await theirs.close();

    await page.goto(`${stage.careloop.url}/settings/staff?q=oyyq`);
    await page.locator('tr', { hasText: id }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('an operator', () => {
  browserTest('sees what a notice of holidays changes before it is taken in', async () => {
    await register(stage.careloop);
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/settings/calendar?year=2031`);
    await page.getByText('未导入放假通知').waitFor();
    await expectUsable(page);
    await page.getByRole('button', { name: '导入放假通知' }).click();
    const take = page.getByRole('button', { name: '导入', exact: true });
    expect(await take.isDisabled()).toBe(true);
    await page.getByLabel('粘贴通知全文').fill('没有日期');
    await page.getByRole('button', { name: '预览变化' }).click();
    await page.getByText('未识别到日期').waitFor();
    const notice = '关于2031年部分节假日安排的通知\n一、元旦：1月1日（周三）至2日（周四）放假。1月4日（周六）上班。';
    await page.getByLabel('粘贴通知全文').fill(notice);
    await page.getByRole('button', { name: '预览变化' }).click();
    const diff = page.locator('.notice-diff');
    await diff.getByText('放假 2 天，调休上班 1 天').waitFor();
    expect(await diff.locator('tr', { hasText: '2031-01-04' }).textContent()).toContain('上班 · 元旦调休');
    expect(await diff.textContent()).toMatch(/[1-9]\d* 个运行中的流程/);
    await expectUsable(page);
    await page.getByLabel('粘贴通知全文').press('End');
    await page.getByLabel('粘贴通知全文').press('Space');
    expect(await take.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '预览变化' }).click();
    await take.click();
    await page.getByText('依据：关于2031年部分节假日安排的通知').waitFor();
    expect(await page.locator('td.lieu[title="元旦调休"]').textContent()).toBe('4');
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('changes a rule that touches money, a second person releases it, and the trail names both', async () => {
    const { page, problems, context } = await stage.visit('ops');
    await page.goto(`${stage.careloop.url}/settings/rules`);
    await page.getByLabel('超过此金额须总经理审批').fill('40000');
    await page.getByLabel('变更原因').fill('集团会议决定');
    await expectUsable(page);
    await page.getByRole('button', { name: '预览变化' }).click();
    await page.locator('.rule-changes', { hasText: '50,000.00 元 → 40,000.00 元' }).waitFor();
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByRole('link', { name: '查看待复核的操作' }).click();
    await page.getByText('这是您本人提交的').waitFor();
    expect(await page.getByRole('button', { name: '复核通过并执行' }).count()).toBe(0);
    await context.close();

    const second = await stage.visit('ops2', { width: 360 });
    await second.page.goto(`${stage.careloop.url}/settings/proposals`);
    await second.page.locator('.card', { hasText: '集团会议决定' }).tap();
    await second.page.getByText('预期结果').waitFor();
    await expectUsable(second.page);
    await second.page.getByRole('button', { name: '复核通过并执行' }).tap();
    await second.page.locator('.proposal .tag', { hasText: '已执行' }).waitFor();
    await second.page.goto(`${stage.careloop.url}/settings/rules`);
    await second.page.locator('.history', { hasText: '第 2 版' }).waitFor();
    await second.page.locator('tr', { hasText: '超过此金额须总经理审批' }).getByText('40,000.00 元').waitFor();
    expect([...problems, ...second.problems]).toEqual([]);
    await second.context.close();

    const auditor = await stage.visit('auditor');
    await auditor.page.goto(
      `${stage.careloop.url}/settings/audit?act=${encodeURIComponent('POST /api/proposals/{id}/release')}`,
    );
    const line = auditor.page.locator('.audit li').first();
    await line.getByText('ops2', { exact: true }).waitFor();
    await line.getByText('详情').click();
    expect(await line.textContent()).toContain('"proposedBy": "ops"');
    await expectUsable(auditor.page);
    const [file] = await Promise.all([
      auditor.page.waitForEvent('download'),
      auditor.page.getByRole('button', { name: '导出 CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^audit-.*\.csv$/);
    await auditor.context.close();
  });
});

describe('the settings', () => {
  browserTest('are reached by keyboard, are usable on a phone, and have no Chinese words in English', async () => {
    const { page, problems, context } = await stage.visit('ops', { width: 360, language: 'en' });
    await page.goto(`${stage.careloop.url}/settings`);
    await page.waitForURL('**/settings/facilities');
    for (const name of ['Facilities', 'Calendar', 'Rules', 'Job types', 'Approvals']) {
      await page.locator('.settings-nav').getByRole('link', { name }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await expectUsable(page);
    }
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('lead to one’s own account, where the password is changed and other sessions end', async () => {
    const { page, context } = await stage.visit('legal');
    await page.getByRole('button', { name: /^账户/ }).click();
    await page.getByRole('menuitem', { name: '我的账户' }).click();
    await page.getByText('当前', { exact: true }).waitFor();
    await expectUsable(page);
    await page.getByLabel('当前密码').fill(stage.careloop.password);
    await page.getByLabel('新密码').fill(own);
    await page.getByLabel('再输入一次').fill(own);
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('密码已修改').waitFor();
    await page.locator('.session-list li').nth(0).waitFor();
    expect(await page.locator('.session-list li').count()).toBe(1);
    await context.close();
  });
});
