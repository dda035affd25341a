/** Deploying a version, from the studio or by going back to an earlier one, and what it means for running instances. */
export const publish = {
  'publish.do': '发布',
  'publish.title': '发布新版本',
  'publish.asVersion': '发布为第 {n} 版',
  'publish.note': '版本说明',
  'publish.noteHint': '说明本版改动，例如：院长审批前增加法务意见',
  'publish.unchanged': '与最新版本相同，无需发布。',
  'publish.done': '已发布',
  'publish.proposed': '已提交复核，须由另一位有权限的人员通过',
  'publish.second': '此流程涉及资金，须由另一人复核。',
  'publish.secondHint': '提交后，由另一位有发布权限的人员在“流程定义”中复核。涉及：',
  'publish.propose': '提交复核',
  'publish.impact.none': '旧版本没有运行中的实例。',
  'publish.impact.running': '旧版本上有 {n} 个运行中的实例，在运维人员迁移之前保持原版本。',
  'publish.impact.tried': '已试迁移 {tried} 个，其中 {possible} 个可直接迁移。',
  'publish.impact.wait': '{n} 个（第 {version} 版）：',
} as const;
