/**
 * The inbox with 10,000 rows in a real browser: how long a frame takes while somebody scrolls through them.
 * `npm run bench -- scroll [--tasks=10000] [--frames=600]`; the browser is /usr/bin/chromium, or CHROMIUM_PATH.
 */
import { chromium, type Page } from 'playwright-core';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { startCareloop } from '../tests/support/careloop.ts';
import { fillTasks } from './support/inbox-rows.ts';
import { load, option, rounded, table } from './support/numbers.ts';

const tasks = option('tasks', 10_000);
const frames = option('frames', 600);
/** A turn of the wheel. */
const stepPixels = 120;

async function logIn(page: Page, address: string, password: string): Promise<void> {
  await page.goto(address);
  await page.locator('.login input').nth(0).fill('handler-bj');
  await page.locator('.login input').nth(1).fill(password);
  await page.locator('.login button[type=submit]').click();
  await page.locator('.login').waitFor({ state: 'detached' });
}

const grid = `document.querySelector('section.grid')`;
const counted = `Number(${grid}.querySelector('table').getAttribute('aria-rowcount')) - 1`;

/** Pages of the list come when its end is in sight. */
async function loadAll(page: Page): Promise<void> {
  await page.locator('section.grid tbody a').first().waitFor();
  for (let there = 0; there < tasks; there = Number(await page.evaluate(counted))) {
    await page.evaluate(`${grid}.scrollTo(0, ${grid}.scrollHeight)`);
    await page.waitForFunction(`${counted} > ${there}`);
  }
  await page.evaluate(`${grid}.scrollTo(0, 0)`);
}

/** Time between frames, in milliseconds, while each frame scrolls on. */
const scrolled = async (page: Page): Promise<number[]> =>
  (await page.evaluate(`new Promise((resolve) => {
    const times = [];
    let last = performance.now();
    const frame = (now) => {
      times.push(now - last);
      last = now;
      ${grid}.scrollBy(0, ${stepPixels});
      if (times.length <= ${frames}) requestAnimationFrame(frame);
      // Before the first one nothing was scrolled.
      else resolve(times.slice(1));
    };
    requestAnimationFrame(frame);
  })`)) as number[];

const careloop = await startCareloop();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await connectStore(careloop.mongodbUri);
  await fillTasks(tasks, 'open', () => [], { facility: 'BJ', group: 'handler' });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await logIn(page, careloop.url, careloop.password);
  await loadAll(page);
  const times = (await scrolled(page)).sort((a, b) => a - b);
  const at = (share: number) => rounded(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0);
  console.log(`${tasks} rows, ${times.length} frames of ${stepPixels} pixels; load ${load()}\n`);
  console.log(
    table(['', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms'], [['a frame', at(0.5), at(0.95), at(0.99), at(1)]]),
  );
} finally {
  await browser.close();
  await disconnectStore();
  await careloop.close();
}
