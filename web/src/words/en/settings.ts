export const settings = {
  'nav.settings': 'Settings',
  'nav.account': 'My account',
  'settings.title': 'Settings',
  'settings.none': 'You do not have access to any settings.',
  'settings.group': 'All facilities',
  'settings.page.staff': 'People',
  'settings.page.audit': 'Audit log',
  'settings.page.proposals': 'Approvals',
} as const;
