import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { sendingScreen, showingMessages } from '../../scripts/cli/relay.ts';
import { createScreen, during, elapsed } from '../../scripts/cli/screen.ts';
import { aScreen } from './builders.ts';

function anOutput(isTTY: boolean) {
  const written: string[] = [];
  return {
    isTTY,
    columns: 40,
    write: (text: string) => void written.push(text),
    text: () => stripVTControlCharacters(written.join('')),
  };
}

test.each([
  [420, '0.4 s'],
  [42_000, '42 s'],
  [125_000, '2 min 05 s'],
])('%i ms are written as %s', (milliseconds, text) => {
  expect(elapsed(milliseconds)).toBe(text);
});

test('a step that is done says how it ended and how long it took', async () => {
  const output = anOutput(false);
  let clock = 0;
  const screen = createScreen(output, () => clock);
  await during(
    screen,
    'Programs built',
    async () => {
      clock += 2500;
    },
    () => 'up to date',
  );
  expect(output.text()).toBe('✓ Programs built · up to date · 2.5 s\n');
});

test('a step that fails says so, and throws the error on', async () => {
  const output = anOutput(false);
  const failing = during(
    createScreen(output, () => 0),
    'Database started',
    () => Promise.reject(new Error('no')),
  );
  await expect(failing).rejects.toThrow('no');
  expect(output.text()).toBe('✗ Database started · 0.0 s\n');
});

test('on a terminal a running step is never wider than the terminal, Chinese counted double', () => {
  const output = anOutput(true);
  createScreen(output, () => 0)
    .step('正在启动数据库'.repeat(10))
    .done();
  const [shown = ''] = output.text().split('\n');
  expect(shown).toBe(`… ${'正在启动数据库'.repeat(3).slice(0, 18)}`);
});

test('what a background process shows is shown by the one that waits for it', async () => {
  const here = aScreen();
  const show = showingMessages(here);
  const there = sendingScreen((message) => void show(JSON.parse(JSON.stringify(message))));
  there.line('hello');
  await during(there, 'Build', async (step) => step.update('1 of 2'));
  expect(here.lines).toEqual(['hello', 'Build: 1 of 2', 'Build: done']);
  expect(show({ kind: 'ready' })).toBe(false);
});
