/** Serves the built web console from the API's own origin, under a content security policy without inline scripts or styles. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

/** Precompressed variants in order of preference: encoding and extension. */
const packings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** HTML documents by path. The studio's editors write style attributes, so only the studio allows them. */
const documents = [
  { file: 'studio.html', serves: /^\/studio(\/|$)/, styleAttributes: "'unsafe-inline'" },
  {
    file: 'index.html',
    serves: /^\/(?!api\/|api$|assets\/|docs|openapi\.json$|healthz$|readyz$|metrics$)/,
    styleAttributes: "'none'",
  },
] as const;

const policyOf = (nonce: string, styleAttributes: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr ${styleAttributes}`,
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * @param folder build output with the documents and assets/
 * @returns undefined when the console has not been built
 */
export function consoleRouter(folder: string): Router | undefined {
  if (documents.some(({ file }) => !existsSync(join(folder, file)))) return undefined;
  const assets = join(folder, 'assets');
  const router = Router();
  router.use('/assets', packed(assets), express.static(assets, { immutable: true, maxAge: '1y', index: false }));
  router.get(/^\/[\w-]+\.(svg|png|ico|webmanifest)$/, express.static(folder, { index: false }));
  // All other paths are client-side routes.
  for (const { file, serves, styleAttributes } of documents) {
    const page = readFileSync(join(folder, file), 'utf8');
    router.get(serves, (request, response, next) => {
      if (!request.accepts('html')) {
        next();
        return;
      }
      const nonce = randomBytes(16).toString('base64');
      response.set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': policyOf(nonce, styleAttributes) });
      response.type('html').send(page.replaceAll('__CSP_NONCE__', nonce));
    });
  }
  return router;
}

/** Serves a precompressed variant that the client accepts. */
function packed(assets: string): RequestHandler {
  const files = new Set(readdirSync(assets).map((name) => `/${name}`));
  return (request, response, next) => {
    response.vary('Accept-Encoding');
    const accepted = request.get('Accept-Encoding') ?? '';
    const found = packings.find(
      ([encoding, ending]) => accepted.includes(encoding) && files.has(request.path + ending),
    );
    if (found) {
      const [encoding, ending] = found;
      response.type(extname(request.path));
      response.set('Content-Encoding', encoding);
      request.url = request.path + ending;
    }
    next();
  };
}
