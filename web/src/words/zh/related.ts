export const related = {
  'related.title': '相关事项',
  'related.caller': '上级流程',
  'related.called': '所调用的流程',
  'related.same': '{name} {value} 的其他事项',
  'related.similar': '可能重复：该患者还有 {n} 件未结事项',
  'related.nobody': '没有找到患者，可直接填写病案号。',
} as const;
