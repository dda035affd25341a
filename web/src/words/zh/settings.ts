export const settings = {
  'nav.settings': '设置',
  'nav.account': '我的账户',
  'settings.title': '设置',
  'settings.none': '没有您可以查看的设置。',
  'settings.group': '全部院区',
  'settings.page.staff': '人员',
  'settings.page.audit': '审计日志',
  'settings.page.proposals': '复核',
} as const;
