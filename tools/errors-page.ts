/** Writes docs/errors.md: the codes of problems, refusals and incidents, from the catalogues (npx tsx tools/errors-page.ts). */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { errorCatalogue } from '../api/http/error-catalogue.ts';

const page = new URL('../docs/errors.md', import.meta.url);

export function errorsPage(): string {
  const sections = errorCatalogue().map(({ title, about, codes }) =>
    [`## ${title}`, about, ...codes.map(({ code, lines }) => [`### ${code}`, ...lines].join('\n\n'))].join('\n\n'),
  );
  const head =
    '# Error codes\n\nAll codes by which the API and the engine report that something was not done. Codes are stable; texts may change. `npx tsx tools/errors-page.ts` writes this page from `api/http/problem-codes.ts` and `engine/messages`; a test keeps it up to date. The `type` of a problem leads to the same texts at `/docs/errors`.';
  return `${[head, ...sections].join('\n\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(page, errorsPage());
