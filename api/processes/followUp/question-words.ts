/** Questionnaires and their questions in words. */
import type { Words } from './touch-words.ts';

const words = (zh: string, en: string): Words => ({ zh, en });

export const questionnaireNames: Record<string, Words> = {
  consultation: words('到诊未消费', 'Came without buying'),
  'non-surgical': words('非手术', 'Non-surgical'),
  surgical: words('手术', 'Surgical'),
  recovery: words('恢复', 'Recovery'),
  'midterm-surgery': words('术后中期', 'After surgery'),
  'midterm-recovery': words('恢复期', 'After recovery'),
  'midterm-course': words('疗程后', 'After a course'),
  'no-show': words('未到诊', 'No-show'),
  relationship: words('感情维护', 'Relationship'),
  sample: words('老客抽访', 'Sample of old customers'),
  audit: words('回访复核', 'Audit'),
};

/** Those that are answered by a mark of 1 to 5. */
export const questionNames: Record<string, Words> = {
  online: words('电网咨询', 'Online consultation'),
  booking: words('预约接待', 'Booking'),
  reception: words('接待', 'Reception'),
  advice: words('咨询', 'Consultation'),
  doctor: words('专家面诊或谈话', 'Talk with the doctor'),
  environment: words('环境与等候', 'Surroundings and waiting'),
  examination: words('术前检查', 'Examination before surgery'),
  therapist: words('治疗师', 'Therapist'),
  comfort: words('治疗或手术中的感受', 'Comfort during treatment'),
  nursing: words('护理', 'Nursing'),
  aftercare: words('注意事项与医嘱', 'Advice for afterwards'),
  price: words('价格透明', 'Clear prices'),
  recovery: words('恢复情况', 'Recovery'),
  effect: words('治疗或手术效果', 'Result'),
  service: words('治疗服务', 'Treatment service'),
  onsite: words('现场服务', 'Service on site'),
  overall: words('总体满意度', 'Overall'),
};
