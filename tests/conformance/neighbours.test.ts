/** Definitions beside those of the public suite, in its style, with what the standard says of them (lists in `neighbours/`). */
import { describe, expect, it } from 'vitest';
import { caseName, runCase } from './cases.ts';
import { neighbours } from './neighbours/read.ts';

describe.each(neighbours())('%s', (_, diagrams) => {
  const runs = diagrams.flatMap(({ name, xml, cases, says }) =>
    cases.map((one) => ({ title: caseName({ name, group: '', file: '', says, cases }, one), name, xml, one })),
  );

  it.each(runs)('$title', async ({ name, xml, one }) => {
    expect(await runCase(xml, name, one)).toBeUndefined();
  });
});
