/** Somebody at the desk takes a complaint on a phone, with a photo; whoever handles it sees both. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openTask } from '../end-to-end/acts.ts';
import { type Careloop, startCareloop } from '../support/careloop.ts';
import { aPicture } from '../support/small-files.ts';
import { browserTest, executable, expectUsable, launch, visit } from './chromium.ts';

let careloop: Careloop;
let browser: Browser;
let photo: string;
let webPage: string;
let folder: string;

beforeAll(async () => {
  if (executable === undefined) return;
  folder = await mkdtemp(join(tmpdir(), 'photos-'));
  photo = join(folder, '伤口照片.png');
  webPage = join(folder, '网页.png');
  await writeFile(photo, aPicture(190, 240));
  await writeFile(webPage, '<html><script>alert(1)</script></html>');
  [careloop, browser] = await Promise.all([startCareloop(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await careloop?.close();
  if (folder) await rm(folder, { recursive: true });
});

describe('a complaint at the desk', () => {
  browserTest('is taken on a phone with a photo, survives a reload, and its handler opens the photo', async () => {
    const desk = await visit(browser, careloop, 'intake-bj', { width: 360 });
    const { page } = desk;
    await page.goto(`${careloop.url}/start/complaint`);
    const field = (label: string) => page.getByLabel(label, { exact: false }).first();
    await page.locator('.fjs-form-field-select .fjs-input-group').first().click();
    await page.locator('.fjs-dropdownlist-item', { hasText: '热线电话' }).click();
    await field('患者姓名').fill('王女士');
    await field('患者电话').fill('13800001234');
    await field('投诉内容').fill('缝合处渗液，当天无人处理。');
    const chooser = page.locator('.slot-filepicker input[type=file]').first();
    await chooser.setInputFiles(webPage);
    await page.locator('.file[data-upload=failed]', { hasText: '不接受此类文件' }).waitFor();
    await page.getByRole('button', { name: '移除 网页.png' }).click();
    await chooser.setInputFiles(photo);
    await page.locator('.file[data-file] img').waitFor();
    await page.locator('text=草稿已保存').waitFor();
    await expectUsable(page);
    await page.reload();
    await page.locator('.file[data-file]', { hasText: '伤口照片.png' }).waitFor();
    await page.getByRole('button', { name: '发起', exact: true }).click();
    await page.locator('.case-head h1', { hasText: /投诉 BJ\d+/ }).waitFor();
    await page.locator('.documents .file', { hasText: '伤口照片.png' }).waitFor();
    await expectUsable(page);
    const caseNumber = /BJ\d+/.exec((await page.locator('.case-head h1').textContent()) ?? '')?.[0] ?? '';
    expect(desk.problems).toEqual([]);
    await desk.context.close();

    await openTask(careloop, caseNumber, 'AcceptComplaint');
    const handler = await visit(browser, careloop, 'cs-director-bj');
    await handler.page.goto(`${careloop.url}/cases/complaint/${caseNumber}`);
    const file = handler.page.locator('.documents .file', { hasText: '伤口照片.png' });
    await file.locator('img').waitFor();
    const opened = handler.context.waitForEvent('page');
    await file.getByRole('link', { name: '伤口照片.png' }).click();
    const picture = await opened;
    await picture.waitForLoadState();
    expect(await picture.evaluate('document.images[0].naturalWidth')).toBe(240);
    await expectUsable(handler.page);
    expect(handler.problems).toEqual([]);
    await handler.context.close();
  });
});
