export const start = {
  'start.title': '发起流程',
  'start.choose': '选择要发起的流程',
  'start.empty': '您目前没有可以发起的流程。',
  'start.facility': '在哪个院区发起',
  'start.submit': '发起',
  'start.started': '已发起：{key}',
  'start.noForm': '这个流程不需要填写内容。',
} as const;
