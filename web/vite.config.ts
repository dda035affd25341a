/** How the console is built: no inline scripts or data URLs, so that a strict content security policy holds. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** As the API serves it: the studio is a document of its own. */
const studioDocument: Plugin = {
  name: 'careloop-studio-document',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/studio(\/|\?|$)/.test(request.url ?? '')) request.url = '/studio.html';
      next();
    });
  },
};

export default defineConfig({
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react(), studioDocument],
  // Viewer and editor of forms show each other's nodes.
  resolve: {
    dedupe: ['preact'],
    // What form-js imports; ours imports the package by the path of its file.
    alias: [{ find: /^flatpickr$/, replacement: fileURLToPath(new URL('src/forms/date-picker.ts', import.meta.url)) }],
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['CARELOOP_URL'] ?? 'http://127.0.0.1:8080', changeOrigin: true } },
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'studio.html'] },
  },
});
