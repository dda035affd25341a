export const substitutes = {
  'substitutes.title': '代理人',
  'substitutes.hint': '外出期间，代理人可在待办中看到被代理人的任务，接办后以本人名义办理。岗位任务仍须具备该岗位。',
  'substitutes.who': '代理人',
  'substitutes.add': '添加代理人',
  'substitutes.remove': '移除代理人',
  'substitutes.incomplete': '请选择代理人和起止日期，结束日期不早于开始日期。',
  'substitutes.saved': '代理人已保存。',
  'substitutes.now': '正在代理：{names}',
  'substitutes.takeOver': '接办',
} as const;
