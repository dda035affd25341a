/** Chinese and English words for roles and stages, and how a time is written for people. Shown in the Temporal UI and in answers. */
import { localDateTime } from '../../engine/time/zone.ts';

const roles: Record<string, string> = {
  intake: '首诉接待',
  consultant: '现场咨询师',
  handler: '客服专员',
  'cs-director': '客服主任',
  'cs-general-director': '客服总监',
  'department-head': '科室主任',
  president: '院长',
  'medical-affairs': '医务部',
  'group-medical-affairs': '集团医务部',
  'gm-office': '总经办',
  gm: '总经理',
  finance: '财务',
  cashier: '出纳',
  legal: '法务',
  hr: '人事',
  callback: '回访专员',
  'member-manager': '会员经理',
  ops: '运维',
};

const stages: Record<string, string> = {
  registered: '登记',
  accepted: '受理',
  investigation: '调查',
  classification: '定性',
  plan: '方案',
  approval: '审批',
  negotiation: '协商',
  formalities: '手续',
  closing: '结案归档',
  'internal-handling': '内部处理',
  prevention: '改进',
  'expert-review': '专家会诊',
  renegotiation: '再协商',
  'group-expert-review': '集团会诊',
  legal: '法务',
  withdrawal: '撤诉',
};

export const roleName = (role: string): string => roles[role] ?? role;
export const stageName = (stage: string): string => stages[stage] ?? stage;

/** '2026-11-22 18:30' in the instance's zone. */
export const timeInWords = (at: string, zone: string): string => localDateTime(at, zone).slice(0, 16).replace('T', ' ');
