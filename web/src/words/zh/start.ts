export const start = {
  'start.title': '发起流程',
  'start.choose': '选择要发起的流程',
  'start.empty': '没有您可以发起的流程。',
  'start.facility': '所在院区',
  'start.submit': '发起',
  'start.started': '已发起：{key}',
  'start.noForm': '此流程无需填写内容。',
} as const;
