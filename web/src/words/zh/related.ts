export const related = {
  'related.title': '相关事项',
  'related.caller': '上级流程',
  'related.called': '子流程',
  'related.same': '{name}为 {value} 的其他流程',
  'related.similar': '可能重复：该患者还有 {n} 个未结流程',
  'related.nobody': '未找到患者，可直接填写病案号。',
} as const;
