/** The story of a photo that was attached to the wrong case: taken back with a reason, gone for everybody, told in the timeline. */
import { expect } from 'vitest';
import { aPicture } from '../support/small-files.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { toContact } from './complaints.ts';
import { openStage } from './stage.ts';

const stage = openStage();

browserTest('a file attached by mistake is withdrawn by its uploader, and the case says so', async () => {
  const address = `${stage.careloop.url}/cases/complaint/${await toContact(stage.careloop)}`;
  const [uploader, reader] = [
    await stage.visit('handler-bj'),
    await stage.visit('cs-director-bj', { language: 'en', width: 360 }),
  ];
  await uploader.page.goto(address);
  await uploader.page
    .locator('.documents input[type=file]')
    .first()
    .setInputFiles({ name: '李四伤口.png', mimeType: 'image/png', buffer: aPicture(31) });
  const file = uploader.page.locator('.documents .file[data-file]', { hasText: '李四伤口.png' });
  const content = await file.getByRole('link').getAttribute('href');
  await file.getByRole('button', { name: '撤回“李四伤口.png”' }).click();
  const dialog = uploader.page.getByRole('dialog');
  await dialog.getByText('无法恢复').waitFor();
  await expectUsable(uploader.page);
  await dialog.getByRole('button', { name: /确\s*定/ }).click();
  await dialog.getByText('请填写理由').waitFor();
  await dialog.getByRole('textbox').fill('误传了李四的照片');
  await dialog.getByRole('button', { name: /确\s*定/ }).click();
  await file.waitFor({ state: 'detached' });
  await uploader.page.locator('.timeline li', { hasText: '撤回' }).getByText('误传了李四的照片').waitFor();
  await uploader.page.reload();
  await uploader.page.locator('.timeline li', { hasText: '误传了李四的照片' }).waitFor();
  expect(await uploader.page.locator('.documents .file').count()).toBe(0);

  await reader.page.goto(address);
  await reader.page.locator('.timeline li', { hasText: 'withdrew a file' }).waitFor();
  expect(await reader.page.getByText('李四伤口.png').count()).toBe(0);
  const answer = await reader.page.request.get(new URL(content ?? '', stage.careloop.url).href);
  expect(answer.status()).toBe(410);
  await expectUsable(reader.page);
  for (const { problems, context } of [uploader, reader]) {
    expect(problems).toEqual([]);
    await context.close();
  }
});
