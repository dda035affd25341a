/** `npm run conformance:dmn -- [DIR]`: runs the cases of a folder of the DMN TCK. */
import { folderAskedFor } from '../support/public-cases.ts';
import { runFolder } from './dmn-cases.ts';

try {
  const results = await runFolder(folderAskedFor('dmn', process.argv[2]));
  for (const { name, passed, reason } of results)
    process.stdout.write(passed ? `pass  ${name}\n` : `FAIL  ${name}: ${reason}\n`);
  const passed = results.filter((result) => result.passed).length;
  process.stdout.write(`\n${passed} passed, ${results.length - passed} failed\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
