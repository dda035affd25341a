/** Every page of the console, on a screen and a phone, light and dark, in both languages: usable by everybody, and without errors. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { Careloop } from '../support/careloop.ts';
import { addressesOf, addressPatterns } from './addresses.ts';
import { browserTest, expectUsable } from './chromium.ts';
import { toContact } from './complaints.ts';
import { openStage } from './stage.ts';
import { deployPricing, stuckInstance } from './stuck-instances.ts';

/** Addresses with parameters. */
const examples: Record<string, string[]> = {
  '*': ['/nowhere'],
  '/start/:key?': ['/start/leave'],
  '/definitions/:key?': ['/definitions/complaint'],
  '/studio/:key?': ['/studio/leave'],
  '/settings/staff/:id': ['/settings/staff/handler-bj'],
  '/ops/heat/:key?': ['/ops/heat/complaint'],
  '/ops/migrate/:key?': ['/ops/migrate/complaint'],
  '/ops/messages': ['/ops/messages?state=receivers'],
  '/ops/move/:key?': ['/ops/move/complaint'],
};

const stage = openStage(async (careloop) => {
  await deployPricing(careloop);
  const stuck = `pricing/${await stuckInstance(careloop)}`;
  examples['/cases/*'] = [`/cases/complaint/${await toContact(careloop)}`, `/cases/${stuck}`];
  examples['/patients/:id'] = [`/patients/${await somePatient(careloop)}`];
  examples['/ops/replay/*'] = [`/ops/replay/${stuck}`];
  examples['/ops/batches/:id'] = [`/ops/batches/${await retryAll(careloop)}`];
});

async function retryAll(careloop: Careloop): Promise<string> {
  const body = { kind: 'retry', filter: { process: 'pricing' } };
  const begun = await careloop.as<{ id: string }>('ops', 'POST /api/batches', { body, key: randomUUID() });
  expect(begun.status).toBe(200);
  return begun.body.id;
}

async function somePatient(careloop: Careloop): Promise<string> {
  const patient = `MR-${randomUUID().slice(0, 8)}`;
  const body = {
    source: 'his',
    id: `${patient}-1`,
    type: 'patientChanged',
    occurredAt: new Date().toISOString(),
    sequence: 1,
    facility: 'BJ',
    patient,
    data: { name: '林静', phone: '13812345678', sex: 'female' },
  };
  const told = await careloop.as('hospital-system-bj', 'POST /api/events', { body, key: randomUUID() });
  expect(told.status).toBeLessThan(300);
  return patient;
}

/** Who is offered a page; operators are offered nearly all. */
const visitors: [RegExp, string][] = [
  [/^\/settings\/staff/, 'administrator'],
  [/^\/settings\/audit/, 'auditor'],
  [/^\/(cases\/complaint.*)?$/, 'handler-bj'],
  [/^\/(calls|patients)/, 'callback-bj'],
  [/./, 'ops'],
];

const visitorOf = (address: string): string => visitors.find(([pattern]) => pattern.test(address))?.[1] ?? 'ops';

/** Nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.locator('#root h1, #root [role="alert"]').first().waitFor();
  const underway = page.locator('.ant-skeleton, .canvas:not([data-ready]), .formbox:not([data-ready])');
  await expect.poll(() => underway.count()).toBe(0);
}

const looks = [
  { width: 1440, language: 'zh', scheme: 'light' },
  { width: 360, language: 'en', scheme: 'light' },
  { width: 1440, language: 'en', scheme: 'dark' },
  { width: 360, language: 'zh', scheme: 'dark' },
] as const;

describe('every page', () => {
  for (const { width, language, scheme } of looks)
    browserTest(`is usable at ${width} px in the ${scheme} scheme (${language})`, async () => {
      const addresses = (await addressPatterns()).flatMap((pattern) => addressesOf(pattern, examples));
      const findings: string[] = [];
      for (const staff of new Set(addresses.map(visitorOf))) {
        const { page, problems, context } = await stage.visit(staff, { width, language, scheme });
        for (const address of addresses.filter((one) => visitorOf(one) === staff)) {
          await page.goto(stage.careloop.url + address);
          await settled(page);
          await expectUsable(page).catch((error: Error) => findings.push(`${address}: ${error.message}`));
          findings.push(...problems.splice(0).map((problem) => `${address}: ${problem}`));
        }
        await context.close();
      }
      expect(findings).toEqual([]);
    });

  browserTest('shows where the focus is', async () => {
    const { page, context } = await stage.visit('ops');
    for (const address of [
      '/',
      '/instances',
      '/ops',
      '/ops/heat/complaint',
      '/definitions/complaint',
      '/studio/leave',
    ]) {
      await page.goto(stage.careloop.url + address);
      await settled(page);
      for (let step = 0; step < 20; step += 1) {
        await page.keyboard.press('Tab');
        expect(await unseenFocus(page), `${address}, ${step + 1} × Tab`).toBeUndefined();
      }
    }
    await context.close();
  });
});

/** The element with the focus, where it is on the screen and nothing shows that it has it. */
async function unseenFocus(page: Page): Promise<string | undefined> {
  const found = await page.evaluate(`(() => {
    const at = document.activeElement;
    // The button of a date field shows its own focus, inside the field.
    if (!at || at === document.body || at.type === 'date') return;
    const shown = (one) => {
      const { outlineStyle, boxShadow, outlineWidth } = getComputedStyle(one);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    };
    for (let one = at, step = 0; one && step < 3; one = one.parentElement, step += 1) if (shown(one)) return;
    return at.outerHTML.slice(0, 200);
  })()`);
  return typeof found === 'string' ? found : undefined;
}
