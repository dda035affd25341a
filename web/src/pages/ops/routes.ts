/** The addresses of the operators' pages. */
import type { RouteObject } from 'react-router';

export const opsRoutes: RouteObject = {
  path: '/ops',
  lazy: async () => ({ Component: (await import('./ops-frame.tsx')).OpsFrame }),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./incidents/incidents.tsx')).Incidents }) },
    { path: 'heat/:key?', lazy: async () => ({ Component: (await import('./heat/heat.tsx')).Heat }) },
    { path: 'overview', lazy: async () => ({ Component: (await import('./overview/overview.tsx')).Overview }) },
    { path: 'migrate/:key?', lazy: async () => ({ Component: (await import('./migrate/migrate.tsx')).Migrate }) },
    { path: 'move/:key?', lazy: async () => ({ Component: (await import('./move/move.tsx')).Move }) },
    { path: 'replay/*', lazy: async () => ({ Component: (await import('./replay/replay.tsx')).ReplayPage }) },
    { path: 'messages', lazy: async () => ({ Component: (await import('./messages/messages.tsx')).Messages }) },
    { path: 'schedules', lazy: async () => ({ Component: (await import('./schedules/schedules.tsx')).Schedules }) },
    { path: 'letters', lazy: async () => ({ Component: (await import('./letters/letters.tsx')).Letters }) },
    { path: 'batches', lazy: async () => ({ Component: (await import('./batches/batches.tsx')).Batches }) },
    { path: 'batches/:id', lazy: async () => ({ Component: (await import('./batches/batch.tsx')).BatchPage }) },
  ],
};
