export const definitions = {
  'definitions.title': 'Definitions',
  'definitions.empty': 'Nothing has been deployed yet.',
  'definitions.newest': 'Newest',
  'definitions.deactivated': 'Deactivated',
  'definitions.warnings': 'Warnings: {n}',
  'definitions.draw': 'Open in the studio',
  'definitions.version': 'Version {n}',
} as const;
