export const settings = {
  'nav.settings': 'Settings',
  'nav.account': 'My account',
  'settings.title': 'Settings',
  'settings.none': 'There are no settings for you to see here.',
  'settings.group': 'Whole group',
  'settings.page.staff': 'People',
  'settings.page.audit': 'Audit trail',
  'settings.page.proposals': 'Second person',
} as const;
