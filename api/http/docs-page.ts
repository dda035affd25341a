/** The documentation page at /docs, self-contained so that it works offline. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Request, type Response, Router } from 'express';
import { errorCatalogue } from './error-catalogue.ts';

const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Careloop API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });
`;

const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function errorsPage(): string {
  const sections = errorCatalogue().map(
    ({ title, about, codes }) =>
      `<h2>${title}</h2><p>${escapeHtml(about)}</p>${codes
        .map(
          ({ code, lines }) =>
            `<h3 id="${code}">${code}</h3>${lines.map((one) => `<p>${escapeHtml(one)}</p>`).join('')}`,
        )
        .join('')}`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Careloop error codes</title></head><body><h1>Error codes</h1>${sections.join('')}</body></html>`;
}

export function docsRouter(): Router {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const router = Router();
  router.get('/docs', (_request: Request, response: Response) => {
    response.type('html').send(page);
  });
  router.get('/docs/errors', (_request: Request, response: Response) => {
    response.type('html').send(errorsPage());
  });
  router.get('/docs/start.js', (_request: Request, response: Response) => {
    response.type('text/javascript').send(start);
  });
  for (const file of files)
    router.get(`/docs/${file}`, (_request: Request, response: Response) => {
      response.sendFile(join(folder, file), { maxAge: '1 day' });
    });
  return router;
}
