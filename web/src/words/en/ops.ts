export const ops = {
  'ops.title': 'Instances',
  'ops.filter.status': 'Status',
  'ops.filter.incident': 'With incidents only',
  'ops.filter.overdue': 'Overdue only',
  'ops.empty': 'No instance matches.',
  'ops.retry': 'Retry',
  'ops.skip': 'Skip this step',
  'ops.skipHint': 'Goes on as if this step were complete.',
} as const;
