/** Counts what a person does with hands: presses of a button or a finger, and keys. */
import type { Page } from 'playwright-core';

export interface Counted {
  presses: number;
  keys: number;
}

/** A press of a label is one, though its field is told of it too; keys that are held down by a program are none. */
const counter = `(() => {
  const add = (name) => sessionStorage.setItem(name, String(Number(sessionStorage.getItem(name) ?? 0) + 1));
  addEventListener('pointerdown', (event) => event.isTrusted && add('counted.presses'), true);
  addEventListener('keydown', (event) => event.isTrusted && add('counted.keys'), true);
})()`;

/** From now on, also after a reload. */
export async function countActs(page: Page): Promise<() => Promise<Counted>> {
  await page.addInitScript(counter);
  await page.evaluate(counter);
  const read = (name: string) => page.evaluate(`Number(sessionStorage.getItem('counted.${name}') ?? 0)`);
  return async () => ({ presses: Number(await read('presses')), keys: Number(await read('keys')) });
}
