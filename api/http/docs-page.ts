/** The documentation page at /docs, from files of this installation: it works without any network. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Request, type Response, Router } from 'express';

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

export function docsRouter(): Router {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const router = Router();
  router.get('/docs', (_request: Request, response: Response) => {
    response.type('html').send(page);
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
