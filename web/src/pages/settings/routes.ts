/** The addresses of the settings. */
import type { RouteObject } from 'react-router';

export const settingsRoutes: RouteObject = {
  path: '/settings',
  lazy: async () => ({ Component: (await import('./settings.tsx')).Settings }),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./first-page.tsx')).FirstSettingsPage }) },
    { path: 'staff', lazy: async () => ({ Component: (await import('./staff/staff-list.tsx')).StaffList }) },
    { path: 'staff/:id', lazy: async () => ({ Component: (await import('./staff/person.tsx')).PersonPage }) },
    { path: 'calendar', lazy: async () => ({ Component: (await import('./calendar/calendar.tsx')).Calendars }) },
    {
      path: 'facilities',
      lazy: async () => ({ Component: (await import('./facilities/facilities.tsx')).Facilities }),
    },
    { path: 'rules', lazy: async () => ({ Component: (await import('./rules/rules.tsx')).Rules }) },
    { path: 'job-types', lazy: async () => ({ Component: (await import('./job-types/job-types.tsx')).JobTypes }) },
    { path: 'audit', lazy: async () => ({ Component: (await import('./audit/audit.tsx')).Audit }) },
    {
      path: 'proposals/:id?',
      lazy: async () => ({ Component: (await import('./proposals/proposals.tsx')).Proposals }),
    },
  ],
};
