export const ops = {
  'ops.title': '流程',
  'ops.filter.status': '状态',
  'ops.filter.incident': '只看卡住的',
  'ops.filter.overdue': '只看超期的',
  'ops.empty': '没有符合条件的流程。',
  'ops.retry': '重试',
  'ops.skip': '跳过这一步',
  'ops.skipHint': '像这一步已经完成一样继续往下走。',
} as const;
