export const substitutes = {
  'substitutes.title': '代理人',
  'substitutes.hint':
    '外出期间，代理人会在待办里看到这些任务，接办后以自己的名义办理。岗位的任务只有同岗位的人能接办。',
  'substitutes.who': '代理人',
  'substitutes.add': '添加代理人',
  'substitutes.remove': '移除代理人',
  'substitutes.incomplete': '请选择代理人和起止日期，结束日期不早于开始日期。',
  'substitutes.saved': '代理人已保存。',
  'substitutes.now': '我正在代理：{names}',
  'substitutes.takeOver': '接办',
} as const;
