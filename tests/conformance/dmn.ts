/** `npm run conformance:dmn -- [DIR]`: runs the cases of a folder of the DMN TCK. */
import { runFolder } from './dmn-cases.ts';

const folder = process.argv[2] ?? '../shared/conformance/dmn';

try {
  const results = await runFolder(folder);
  for (const { name, passed, reason } of results)
    process.stdout.write(passed ? `pass  ${name}\n` : `FAIL  ${name}: ${reason}\n`);
  const passed = results.filter((result) => result.passed).length;
  process.stdout.write(`\n${passed} passed, ${results.length - passed} failed\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
