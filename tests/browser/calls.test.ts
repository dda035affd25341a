/** Stories of the pages for whoever speaks with patients: what is to be done now, a patient's record, files of the hospital. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { until } from '../support/careloop.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { openStage } from './stage.ts';

const stage = openStage();

let sequence = 0;
async function told(patient: string, type: string, data: object, about: object = {}): Promise<void> {
  sequence += 1;
  const occurredAt = new Date(Date.now() - 86_400_000).toISOString();
  const id = `${patient}-${sequence}`;
  const body = { source: 'his', id, type, occurredAt, sequence, facility: 'BJ', patient, data, ...about };
  const answer = await stage.careloop.as('hospital-system-bj', 'POST /api/events', { body });
  expect([200, 201]).toContain(answer.status);
}

/** A patient who was here yesterday for the first time, and has a chain. */
async function aVisitor(name: string): Promise<{ patient: string; chain: string }> {
  const patient = `MR-${randomUUID().slice(0, 8)}`;
  await told(patient, 'patientChanged', { name, phone: '13812345678', sex: 'female' });
  await told(patient, 'consentChanged', { purpose: 'service', given: true, wording: '2026-1', channel: '纸质' });
  const visited = { visit: `V-${patient}`, kind: 'first', department: 'plastic-surgery' };
  await told(patient, 'visited', visited, { episode: `E-${patient}` });
  const chain = `BJ-E-${patient}`;
  await until('the chain runs', async () => {
    const { body } = await stage.careloop.as<{ status?: string }>('callback-bj', `GET /api/follow-ups/${chain}`);
    return body.status === 'active';
  });
  return { patient, chain };
}

browserTest('a red flag comes to medical affairs, and is answered by keyboard', async () => {
  const { patient, chain } = await aVisitor('周敏');
  const body = { name: 'patientReplied', correlationKey: chain, facility: 'BJ', variables: { reply: '2' } };
  const sent = await stage.careloop.as('callback-bj', 'POST /api/messages', { body, key: randomUUID() });
  expect(sent.status).toBeLessThan(300);
  const { page, problems, context } = await stage.visit('medical-affairs-bj');
  await page.goto(`${stage.careloop.url}/calls`);
  await page.locator('.call-list button', { hasText: '周敏' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('.call-head .phone', { hasText: '13812345678' }).waitFor();
  await page.locator('.call-head .take').waitFor({ state: 'detached' });
  const choices = page.locator('.formbox[data-ready] input[type=radio]');
  await choices.first().focus();
  await page.keyboard.press('2');
  await page.keyboard.press('Control+Enter');
  await page.getByText('没有待拨打的电话').waitFor();
  expect(problems).toEqual([]);
  await page.goto(`${stage.careloop.url}/patients/${patient}`);
  await page.getByText('服务联系: 同意').waitFor();
  await expectUsable(page);
  expect(problems).toEqual([]);
  await context.close();
});

browserTest('a patient’s page tells what is planned and why, on a phone too', async () => {
  const { patient } = await aVisitor('林静');
  const { page, problems, context } = await stage.visit('callback-bj', { width: 360 });
  await page.goto(`${stage.careloop.url}/patients?q=${patient}`);
  await page.getByRole('link', { name: '林静' }).click();
  await page.getByText('初诊感谢').waitFor();
  await page.getByText(/最近一次到院（.*）后 30 天 11:00/).waitFor();
  await expectUsable(page);
  expect(problems).toEqual([]);
  await context.close();
});

browserTest('a file is tried first, each wrong cell is named, and nothing is written until it is right', async () => {
  const number = `MR-${randomUUID().slice(0, 8)}`;
  const { page, problems, context } = await stage.visit('hospital-system-bj');
  await page.goto(`${stage.careloop.url}/patients-import`);
  const choose = (content: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: 'patients.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await choose(`病案号,姓名,出生日期\n${number},王女士,1990-13-40\n`);
  await page.getByRole('button', { name: '校验' }).click();
  await page.getByText('第 2 行 出生日期').waitFor();
  expect(await page.getByRole('button', { name: '导入', exact: true }).isDisabled()).toBe(true);
  await choose(`病案号,姓名,出生日期\n${number},王女士,1990-05-04\n`);
  await page.getByRole('button', { name: '校验' }).click();
  await page.getByText('1 行全部通过校验').waitFor();
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByText('已导入 1 行').waitFor();
  await expectUsable(page);
  expect(problems).toEqual([]);
  await context.close();
});
