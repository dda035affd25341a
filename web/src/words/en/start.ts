export const start = {
  'start.title': 'Start a process',
  'start.choose': 'Choose a process',
  'start.empty': 'There are no processes you can start.',
  'start.facility': 'Facility',
  'start.submit': 'Start',
  'start.started': 'Started: {key}',
  'start.noForm': 'This process needs no input.',
} as const;
