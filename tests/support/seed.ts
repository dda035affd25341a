/**
 * Random data of the tests is the same in each run, so that a gate fails for what was changed and not by chance.
 * `CARELOOP_SEED=random` looks further with another seed each time, `CARELOOP_SEED=<number>` repeats one; a failure prints its seed.
 */
import fc from 'fast-check';

const asked = process.env['CARELOOP_SEED'] ?? '2026';

if (asked !== 'random') {
  const seed = Number(asked);
  if (!Number.isInteger(seed)) throw new Error(`CARELOOP_SEED is "${asked}"; give a whole number or "random".`);
  fc.configureGlobal({ seed });
}
