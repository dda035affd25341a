/** Screens beyond one terminal: the same on two outputs, and from a background process to the command that waits for it. */
import { z } from 'zod';
import type { Screen, Step } from './screen.ts';

/** All that is shown on one is shown on each. */
export function onBoth(first: Screen, second: Screen): Screen {
  return {
    line(text) {
      first.line(text);
      second.line(text);
    },
    step(name) {
      const steps = [first.step(name), second.step(name)];
      return {
        update: (progress) => steps.forEach((step) => void step.update(progress)),
        done: (result) => steps.forEach((step) => void step.done(result)),
        failed: () => steps.forEach((step) => void step.failed()),
      };
    },
  };
}

const screenMessage = z.object({
  kind: z.enum(['line', 'step', 'update', 'done', 'failed']),
  step: z.number(),
  text: z.string().optional(),
});

export type ScreenMessage = z.infer<typeof screenMessage>;

/** A screen that sends what it is to show. */
export function sendingScreen(send: (message: ScreenMessage) => void): Screen {
  let steps = 0;
  return {
    line: (text) => send({ kind: 'line', step: 0, text }),
    step(name) {
      steps += 1;
      const step = steps;
      send({ kind: 'step', step, text: name });
      return {
        update: (text) => send({ kind: 'update', step, text }),
        done: (text) => send({ kind: 'done', step, text }),
        failed: () => send({ kind: 'failed', step }),
      };
    },
  };
}

/** Shows what a `sendingScreen` sends; says whether the message was one of its. */
export function showingMessages(screen: Screen): (message: unknown) => boolean {
  const steps = new Map<number, Step>();
  return (message) => {
    const parsed = screenMessage.safeParse(message);
    if (!parsed.success) return false;
    const { kind, step, text } = parsed.data;
    if (kind === 'line') screen.line(text);
    else if (kind === 'step') steps.set(step, screen.step(text ?? ''));
    else if (kind === 'update') steps.get(step)?.update(text ?? '');
    else if (kind === 'done') steps.get(step)?.done(text);
    else steps.get(step)?.failed();
    return true;
  };
}
