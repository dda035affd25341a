/** A real Chromium for the stories of the console: found on this machine; without one they are skipped, with the reason for the summary. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { binaryOnPath } from '../../scripts/servers/find.ts';
import '../support/public-test.ts';
import type { Careloop } from '../support/careloop.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `CHROMIUM_PATH`, else a Chromium or Chrome on the PATH. */
async function findChromium(env = process.env): Promise<string | undefined> {
  if (env['CHROMIUM_PATH']) return env['CHROMIUM_PATH'];
  const found = await Promise.all(programs.map((name) => binaryOnPath(name, env)));
  return found.find((path) => path !== undefined);
}

export const executable = await findChromium();

const whyMissing =
  'there is no Chromium: install one (Debian: apt-get install chromium), or name its program in CHROMIUM_PATH';

/** A test that needs the browser. */
export function browserTest(title: string, run: () => Promise<void>): void {
  if (executable === undefined) test.skip(title, { meta: { skippedBecause: whyMissing } }, () => {});
  else test(title, run);
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: executable ?? '', args: ['--no-sandbox', '--disable-gpu'] });
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Errors of the page so far: in its console, uncaught, or against the content security policy. */
  problems: string[];
}

export interface VisitOptions {
  width?: number;
  language?: 'zh' | 'en';
  scheme?: 'light' | 'dark';
}

/** Opens the console and logs in. */
export async function visit(
  browser: Browser,
  careloop: Careloop,
  staff: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const { width = 1440, language = 'zh', scheme = 'light' } = options;
  const phone = width < 768;
  const context = await browser.newContext({
    viewport: { width, height: phone ? 740 : 900 },
    isMobile: phone,
    hasTouch: phone,
    timezoneId: 'Asia/Tokyo',
    colorScheme: scheme,
  });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    // A refused request is an answer; the page shows it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(message.text());
  });
  await page.addInitScript(`localStorage.setItem('careloop.language', '${language}')`);
  await page.goto(careloop.url);
  await logIn(page, careloop, staff);
  return { page, context, problems };
}

export async function logIn(page: Page, careloop: Careloop, staff: string): Promise<void> {
  const [name, password] = [page.locator('.login input').nth(0), page.locator('.login input').nth(1)];
  await name.fill(staff);
  await password.fill(careloop.password);
  await page.locator('.login button[type=submit]').click();
  await page.locator('.login').waitFor({ state: 'detached' });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** No finding of axe that is serious or worse, and nothing wider than the window. */
export async function expectUsable(page: Page): Promise<void> {
  const found = (await page.evaluate(`(async () => {
    ${axe};
    // Colours on their way from one to the other are nobody's.
    const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity);
    await Promise.all(ending.map((one) => one.finished.catch(() => {})));
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].target.join(' '));
  })()`)) as string[];
  expect(found, found.join('; ')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
}
