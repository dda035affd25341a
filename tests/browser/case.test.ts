/** Stories of the case page in a real browser: what it tells of dates, waits and the way an instance came. */
import { describe, expect } from 'vitest';
import { does, openTask, register } from '../end-to-end/acts.ts';
import { browserTest, expectUsable } from './chromium.ts';

import { toContact } from './complaints.ts';
import { openStage } from './stage.ts';

const stage = openStage();

describe('the page of a case', () => {
  browserTest('says by name who must act, and why each date is what it is', async () => {
    const caseNumber = await toContact(stage.careloop);
    const { page, problems, context } = await stage.visit('handler-bj');
    await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    await page.locator('.where', { hasText: '客服主任、客服专员' }).waitFor();
    const clock = page.locator('aside li', { hasText: '首次联系时限' });
    await clock.getByText('为什么是这天').click();
    expect(await clock.locator('.days .counted').count()).toBe(3);
    await clock.getByText('个工作日').waitFor();
    await expectUsable(page);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('counts what is left of a drill by its own clock', async () => {
    const { careloop } = stage;
    const { caseNumber } = await register(careloop, { timeScale: 86_400 });
    await openTask(careloop, caseNumber, 'AcceptComplaint');
    const { page, context } = await stage.visit('cs-director-bj');
    await page.goto(`${careloop.url}/cases/complaint/${caseNumber}`);
    await page.locator('.case-head b', { hasText: '超期' }).first().waitFor();
    await page.locator('.task .due.late', { hasText: '超期' }).first().waitFor();
    await context.close();
  });

  browserTest('shows in the diagram the way it came, and the history of an element that is clicked', async () => {
    const caseNumber = await toContact(stage.careloop);
    const { page, problems, context } = await stage.visit('handler-bj');
    await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    await page.locator('.canvas[data-ready]').waitFor();
    await page.locator('.djs-connection.is-done').first().waitFor({ state: 'attached' });
    await page.locator('.diagram-note.due').first().waitFor();
    await page.locator('.djs-element[data-element-id="ContactPatient"]').click();
    await page.locator('.element-history li', { hasText: '进入“调查经过并联系患者”' }).waitFor();
    expect(await page.locator('.djs-shape.is-chosen').getAttribute('data-element-id')).toBe('ContactPatient');
    await page.getByRole('button', { name: '关闭' }).click();
    expect(await page.locator('.element-history li').count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('filters what happened by its kind', async () => {
    const caseNumber = await toContact(stage.careloop);
    await does(stage.careloop, 'handler-bj', caseNumber, 'ContactPatient', { contactResult: 'no-answer' });
    const { page, context } = await stage.visit('handler-bj');
    await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    const lines = page.locator('.timeline li');
    await lines.filter({ hasText: '联系结果：无人接听' }).waitFor();
    await page.getByRole('button', { name: '决定', exact: true }).click();
    expect(await lines.count()).toBe(1);
    await page.getByRole('button', { name: '全部', exact: true }).click();
    expect(await lines.count()).toBeGreaterThan(1);
    await context.close();
  });

  browserTest('names the elements of the diagram in English', async () => {
    const caseNumber = await toContact(stage.careloop);
    const { page, problems, context } = await stage.visit('handler-bj', { language: 'en', width: 360 });
    await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    await page.locator('.where', { hasText: 'Investigate and contact the patient' }).waitFor();
    await page.locator('.canvas[data-ready]').waitFor();
    const drawn = page.locator('.djs-element[data-element-id="ContactPatient"]');
    expect((await drawn.textContent())?.replaceAll(/\s/g, '')).toContain('Investigateandcontactthepatient');
    await expectUsable(page);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('what is filled in', () => {
  browserTest('is kept on the server, and is there in another browser until it is submitted', async () => {
    const caseNumber = await toContact(stage.careloop);
    const first = await stage.visit('handler-bj');
    await first.page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    await first.page.locator('.task .formbox[data-ready]').waitFor();
    await first.page.locator('.task .formbox').getByText('已联系上').click();
    await first.page.locator('.task textarea').fill('已电话说明');
    await first.page.getByText('草稿已保存').waitFor();
    await expectUsable(first.page);
    await first.context.close();
    const second = await stage.visit('handler-bj', { width: 360 });
    await second.page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    await second.page.getByText('已恢复未提交的草稿').waitFor();
    await second.page.locator('.task .formbox[data-ready]').waitFor();
    expect(await second.page.locator('.task textarea').inputValue()).toBe('已电话说明');
    await second.page.getByRole('button', { name: '提交' }).click();
    await second.page.locator('.where', { hasText: '定性' }).waitFor();
    expect([...first.problems, ...second.problems]).toEqual([]);
    await second.context.close();
  });

  browserTest('stays when the language is changed in the middle of a form', async () => {
    const caseNumber = await toContact(stage.careloop);
    const { page, problems, context } = await stage.visit('handler-bj');
    await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    await page.locator('.canvas[data-ready]').waitFor();
    await page.locator('.task .formbox[data-ready]').waitFor();
    await page.locator('.task textarea').fill('稍后回电');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Submit' }).waitFor();
    await page.locator('.task .formbox[lang="en"][data-ready]').waitFor();
    expect(await page.locator('.task textarea').inputValue()).toBe('稍后回电');
    expect(problems).toEqual([]);
    await context.close();
  });

  browserTest('names colleagues, not their ids, and stands beside what was told', async () => {
    const { caseNumber } = await register(stage.careloop);
    await openTask(stage.careloop, caseNumber, 'AcceptComplaint');
    const { page, problems, context } = await stage.visit('cs-director-bj');
    await page.goto(`${stage.careloop.url}/cases/complaint/${caseNumber}`);
    await page.locator('.facts', { hasText: '投诉内容' }).waitFor();
    await page.locator('.task .formbox').getByText('何静怡').click();
    await page.getByRole('button', { name: '提交' }).click();
    await page.locator('.where', { hasText: '调查经过并联系患者' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});
