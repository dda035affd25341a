export const settings = {
  'nav.settings': '设置',
  'nav.account': '我的账户',
  'settings.title': '设置',
  'settings.none': '这里没有您可以查看的设置。',
  'settings.group': '集团',
  'settings.page.staff': '人员',
  'settings.page.audit': '操作记录',
  'settings.page.proposals': '复核',
} as const;
