/** The web console: built files on the same address as the API, under a content security policy without inline scripts or styles. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

/** How the build packed files beforehand, best first: encoding and ending. */
const packings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * @param folder with index.html and assets/, as the build leaves them
 * @returns undefined when the console was not built
 */
export function consoleRouter(folder: string): Router | undefined {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return undefined;
  const assets = join(folder, 'assets');
  const page = readFileSync(index, 'utf8');
  const router = Router();
  router.use('/assets', packed(assets), express.static(assets, { immutable: true, maxAge: '1y', index: false }));
  router.get(/^\/[\w-]+\.(svg|png|ico|webmanifest)$/, express.static(folder, { index: false }));
  // Every other address is a page of the console, which finds it by itself.
  router.get(/^\/(?!api\/|api$|assets\/|docs|openapi\.json$|healthz$|readyz$|metrics$)/, (request, response, next) => {
    if (!request.accepts('html')) {
      next();
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    response.set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': policyOf(nonce) });
    response.type('html').send(page.replaceAll('__CSP_NONCE__', nonce));
  });
  return router;
}

/** Answers with the packed form of a file where there is one that the browser takes. */
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
