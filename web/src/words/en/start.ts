export const start = {
  'start.title': 'Start a process',
  'start.choose': 'Choose a process',
  'start.empty': 'There is no process you may start.',
  'start.facility': 'At which facility',
  'start.submit': 'Start',
  'start.started': 'Started: {key}',
  'start.noForm': 'This process asks for nothing.',
} as const;
