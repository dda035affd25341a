/** Temporal's own UI: what it shows of a refund, to whom, and what its dialog of signals may do. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { applies, decides, journalOf, openTask, register, toRefund } from '../end-to-end/acts.ts';
import { until } from '../support/careloop.ts';
import { browserTest } from './chromium.ts';
import { openStage } from './stage.ts';

const amountCents = 100_000;
let caseNumber: string;
let refundId: string;
const stage = openStage(
  async (careloop) => {
    ({ caseNumber } = await register(careloop));
    refundId = await toRefund(careloop, caseNumber, amountCents);
    await applies(careloop, 'consultant-bj', caseNumber, amountCents);
    for (const staff of ['cs-director-bj', 'department-head-bj']) await decides(careloop, staff, refundId, 'approve');
    await openTask(careloop, caseNumber, 'PresidentDecision');
  },
  { temporalUi: true },
);

/** @param token passed to the codec endpoint, as a UI does that is given its user's */
async function openUi(token?: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(120_000);
  if (token !== undefined)
    await context.route('**/api/codec/**', (route) =>
      route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${token}` } }),
    );
  return { page: await context.newPage(), context };
}

async function tokenOf(login: string): Promise<string> {
  const { careloop } = stage;
  const ask = { body: { login, password: careloop.password } };
  return (await careloop.as<{ token: string }>(null, 'POST /api/login', ask)).body.token;
}

/** As `docs/operations.md` writes it. */
async function finds(page: Page, query: string): Promise<Locator> {
  const address = `${stage.careloop.temporalUiUrl}/namespaces/default/workflows`;
  await page.goto(`${address}?query=${encodeURIComponent(query)}`);
  return page.getByRole('link', { name: `refund/${refundId}`, exact: true });
}

async function openRefund(page: Page): Promise<void> {
  await (await finds(page, 'ProcessKey = "refund"')).click();
  // The dialog of signals, which is closed, names it too.
  await page.getByText('refundDecision').filter({ visible: true }).first().waitFor();
}

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });
/** Summaries and details are in frames of their own. */
const textOf = async (page: Page): Promise<string> =>
  (await Promise.all(page.frames().map((frame) => frame.locator('body').innerText()))).join('\n');

/** All that it shows, tab by tab. */
async function everythingOf(page: Page): Promise<string> {
  const texts: string[] = [await textOf(page)];
  for (const [name, shown] of [
    ['Event History', 'Workflow Execution Started'],
    ['User Metadata', 'Current Details'],
  ] as const) {
    await tab(page, name).click();
    await page.getByText(shown).first().waitFor();
    texts.push(await textOf(page));
  }
  return texts.join('\n');
}

async function signals(page: Page, input: object): Promise<void> {
  await page.getByRole('button', { name: 'More Actions' }).click();
  await page.locator('text="Send a Signal" >> visible=true').first().click();
  const dialog = page.getByTestId('signal-confirmation-modal').and(page.locator('[open]'));
  await dialog.getByTestId('signal-select-button').click();
  await dialog.getByRole('option', { name: 'refundDecision' }).click();
  await dialog.getByRole('textbox').last().fill(JSON.stringify(input));
  // Leaving the editor lays the text out anew, and the buttons move.
  await dialog.getByText('Encoding').click();
  await dialog.getByTestId('confirm-modal-button').click();
  await dialog.waitFor({ state: 'detached' });
}

const refusals = async () =>
  (await journalOf(stage.careloop, `refund/${refundId}`)).filter(({ kind }) => kind === 'act-refused');

browserTest('the UI of a local start reads as the demo operator, in words, and acts as no more than that', async () => {
  const { page, context } = await openUi();
  for (const query of ['WaitingFor = "president"', 'Facility = "BJ"', 'Incident is null and ProcessKey = "refund"'])
    await (await finds(page, query)).waitFor();
  await openRefund(page);
  await page.getByText('退款时限已过').first().waitFor();
  expect(await textOf(page)).toContain(`"businessKey": "${refundId}"`);
  await tab(page, 'Search Attributes').click();
  await page.getByText('"president"').waitFor();
  await tab(page, 'User Metadata').click();
  await until('the details are shown', async () => (await textOf(page)).includes('等待'));
  await signals(page, { refundId, decision: 'approve', role: 'president' });
  const [refusal] = await until('the refusal is journaled', async () => {
    const all = await refusals();
    return all.length > 0 && all;
  });
  expect(refusal).toMatchObject({ by: { id: 'ops' }, data: { code: 'role-not-held' } });
  await context.close();
});

browserTest('without a login it shows no text, once there are other people than those of the demo', async () => {
  const { careloop } = stage;
  const body = { id: 'li.na', name: '李娜', roles: [{ role: 'handler', facility: 'BJ' }] };
  expect((await careloop.as('administrator', 'POST /api/staff', { body, key: 'li.na' })).status).toBe(201);
  const { page, context } = await openUi();
  const answered = page.waitForResponse((response) => response.url().includes('/api/codec/decode'));
  await openRefund(page);
  expect((await answered).status()).toBe(401);
  expect(await everythingOf(page)).not.toMatch(/\p{Script=Han}|businessKey|amountCents/u);
  await context.close();
});

browserTest('with the login of the president it shows all, and its dialog approves', async () => {
  const { page, context } = await openUi(await tokenOf('president-bj'));
  await openRefund(page);
  await page.getByText('退款时限已过').first().waitFor();
  expect(await everythingOf(page)).toMatch(/businessKey/);
  await until('the details are shown', async () => (await textOf(page)).includes('等待'));
  await signals(page, { refundId, decision: 'approve', role: 'president' });
  await openTask(stage.careloop, caseNumber, 'FinanceConfirm');
  await context.close();
});
