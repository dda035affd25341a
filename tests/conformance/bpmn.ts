/** `npm run conformance -- [DIR]`: runs the cases of a folder at the core, on virtual time. */
import { folderAskedFor } from '../support/public-cases.ts';
import { readEntries, runEntry } from './cases.ts';

try {
  const folder = folderAskedFor('bpmn', process.argv[2]);
  const entries = readEntries(folder);
  let passed = 0;
  let failed = 0;
  let whole = 0;
  for (const entry of entries) {
    const results = await runEntry(folder, entry);
    for (const { name, passed: ok, reason } of results) {
      process.stdout.write(ok ? `pass  ${name}\n` : `FAIL  ${name}: ${reason}\n`);
      if (ok) passed++;
      else failed++;
    }
    if (results.every((result) => result.passed)) whole++;
  }
  process.stdout.write(`\n${whole} of ${entries.length} entries pass in all their cases\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
