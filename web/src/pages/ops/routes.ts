/** The addresses of the operators' pages. */
import type { RouteObject } from 'react-router';

export const opsRoutes: RouteObject = {
  path: '/ops',
  lazy: async () => ({ Component: (await import('./ops-frame.tsx')).OpsFrame }),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./incidents/incidents.tsx')).Incidents }) },
    { path: 'heat/:key?', lazy: async () => ({ Component: (await import('./heat/heat.tsx')).Heat }) },
    { path: 'batches', lazy: async () => ({ Component: (await import('./batches/batches.tsx')).Batches }) },
    { path: 'batches/:id', lazy: async () => ({ Component: (await import('./batches/batch.tsx')).BatchPage }) },
  ],
};
