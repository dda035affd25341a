/** The property `timeToLive` of elements that throw a message: how long the message is kept for a receiver. */
import { fixedMsOf, monthsOf, parseDuration } from '../time/duration.ts';
import { TimeError } from '../time/error.ts';
import type { Compilation } from './context.ts';
import type { ModdleElement } from './element.ts';
import { type Extensions, propertiesOf } from './extensions.ts';

export function checkTimeToLive(at: ModdleElement, extensions: Extensions, c: Compilation): void {
  const text = propertiesOf(extensions)?.['timeToLive'];
  if (text !== undefined && !isSomeTime(text))
    c.report.error(
      at,
      'bad-time-to-live',
      `The time to live "${text}" of its message is not a duration above nothing.`,
      {
        hint: 'Write it in ISO 8601, for instance PT1H or P7D.',
      },
    );
}

function isSomeTime(text: string): boolean {
  try {
    const duration = parseDuration(text);
    const [months, ms] = [monthsOf(duration), fixedMsOf(duration)];
    return months >= 0 && ms >= 0 && months + ms > 0;
  } catch (error) {
    if (error instanceof TimeError) return false;
    throw error;
  }
}
