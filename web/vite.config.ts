/** How the console is built: no inline scripts or data URLs, so that a strict content security policy holds. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react()],
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['CARELOOP_URL'] ?? 'http://127.0.0.1:8080', changeOrigin: true } },
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
  },
});
