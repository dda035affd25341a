export const definitions = {
  'definitions.title': '流程定义',
  'definitions.empty': '还没有发布过流程。',
  'definitions.newest': '最新',
  'definitions.deactivated': '已停用',
  'definitions.warnings': '{n} 条提醒',
  'definitions.draw': '在工作室中打开',
  'definitions.version': '第 {n} 版',
} as const;
