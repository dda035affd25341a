/** What every story of the console needs: a whole Careloop and a browser, opened before the stories of a file and closed after them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Careloop, type CareloopOptions, startCareloop } from '../support/careloop.ts';
import { executable, launch, type Visit, type VisitOptions, visit } from './chromium.ts';

export interface Stage {
  readonly careloop: Careloop;
  readonly browser: Browser;
  /** Opens the console in a browser of its own, as this person. */
  visit(staff: string, options?: VisitOptions): Promise<Visit>;
}

/** @param prepare what all stories of the file need to be there */
export function openStage(prepare?: (careloop: Careloop) => Promise<void>, options?: CareloopOptions): Stage {
  let opened: { careloop: Careloop; browser: Browser } | undefined;
  const there = () => {
    if (!opened) throw new Error('The stage opens before the first story.');
    return opened;
  };
  beforeAll(async () => {
    if (executable === undefined) return;
    const [careloop, browser] = await Promise.all([startCareloop(options), launch()]);
    opened = { careloop, browser };
    await prepare?.(careloop);
  });
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.careloop.close();
  });
  return {
    get careloop() {
      return there().careloop;
    },
    get browser() {
      return there().browser;
    },
    visit: (staff, options) => visit(there().browser, there().careloop, staff, options),
  };
}
