/** The pages by address; each is loaded when it is first opened. */
import type { RouteObject } from 'react-router';
import { opsRoutes } from './pages/ops/routes.ts';
import { settingsRoutes } from './pages/settings/routes.ts';

/** In the frame: for whoever is logged in. */
export const framedRoutes: RouteObject[] = [
  { path: '/', lazy: async () => ({ Component: (await import('./pages/inbox/inbox.tsx')).Inbox }) },
  {
    path: '/instances',
    lazy: async () => ({ Component: (await import('./pages/instances/instances.tsx')).Instances }),
  },
  { path: '/cases/*', lazy: async () => ({ Component: (await import('./pages/case/case.tsx')).CasePage }) },
  { path: '/start/:key?', lazy: async () => ({ Component: (await import('./pages/start/start.tsx')).StartPage }) },
  {
    path: '/definitions/:key?',
    lazy: async () => ({ Component: (await import('./pages/definitions/definitions.tsx')).Definitions }),
  },
  { path: '/account', lazy: async () => ({ Component: (await import('./pages/account/account.tsx')).Account }) },
  { path: '/calls', lazy: async () => ({ Component: (await import('./pages/calls/calls.tsx')).Calls }) },
  { path: '/patients', lazy: async () => ({ Component: (await import('./pages/patients/patients.tsx')).Patients }) },
  {
    path: '/patients/:id',
    lazy: async () => ({ Component: (await import('./pages/patients/patient.tsx')).PatientPage }),
  },
  {
    path: '/patients-import',
    lazy: async () => ({ Component: (await import('./pages/patients/import.tsx')).PatientImport }),
  },
  { path: '/figures', lazy: async () => ({ Component: (await import('./pages/figures/figures.tsx')).Figures }) },
  settingsRoutes,
  opsRoutes,
  { path: '*', lazy: async () => ({ Component: (await import('./pages/not-found.tsx')).NotFound }) },
];

/** Without it: for whoever has a link. */
export const openRoutes: RouteObject[] = [
  {
    path: '/password',
    lazy: async () => ({ Component: (await import('./pages/set-password.tsx')).SetPassword }),
  },
];
