/** Takes the pictures of the console in docs/pictures from a running Careloop that `./careloop demo` has filled (npm run pictures). */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'docs', 'pictures');
const address = process.env['CARELOOP_URL'] ?? 'http://127.0.0.1:8080';
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

interface Picture {
  name: string;
  staff: string;
  width: number;
  /** Where it is found from the page after login: links to follow, one after the other. */
  follow: string[];
  /** Address that is opened instead, and what it shows when it is ready. */
  at?: { path: string; ready: string };
}

const pictures: Picture[] = [
  { name: 'inbox', staff: 'cs-director-bj', width: 1280, follow: [] },
  { name: 'case', staff: 'cs-director-bj', width: 1280, follow: ['tbody tr:not(.space) a'] },
  {
    name: 'modeler',
    staff: 'ops',
    width: 1280,
    follow: [],
    at: { path: '/studio/leave', ready: '.problems[data-checked]' },
  },
  { name: 'phone', staff: 'president-bj', width: 360, follow: ['.card'] },
];

async function take(browser: Browser, password: string, { name, staff, width, follow, at }: Picture): Promise<void> {
  const phone = width < 768;
  const context = await browser.newContext({
    viewport: { width, height: phone ? 740 : 800 },
    isMobile: phone,
    hasTouch: phone,
    deviceScaleFactor: phone ? 2 : 1,
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.login input').nth(0).fill(staff);
  await page.locator('.login input').nth(1).fill(password);
  await page.locator('.login button[type=submit]').click();
  await page.locator('.login').waitFor({ state: 'detached' });
  if (at) {
    await page.goto(address + at.path);
    await page.locator(at.ready).waitFor();
  }
  for (const link of follow) {
    await page.locator(link).first().click();
    await page.locator('.canvas[data-ready]').waitFor();
    await page.locator('.formbox[data-ready]').first().waitFor();
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

const password =
  process.env['CARELOOP_DEMO_PASSWORD'] ?? (await readFile(join(root, '.local/demo-password'), 'utf8')).trim();
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const picture of pictures) await take(browser, password, picture);
} finally {
  await browser.close();
}
