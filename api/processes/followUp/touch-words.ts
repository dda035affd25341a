/** Wording of touches: name, anchor, outcome, and the reason why one did not take place. */
import { ownValue } from '../../../engine/model/own-property.ts';

export interface Words {
  zh: string;
  en: string;
}
const words = (zh: string, en: string): Words => ({ zh, en });

export const touchNames: Record<string, Words> = {
  'first-visit-thanks': words('初诊感谢', 'Thanks for the first visit'),
  'first-visit-satisfaction': words('初诊满意度回访', 'Satisfaction with the first visit'),
  'dressing-reminder': words('换药提醒', 'Reminder of a dressing change'),
  'surgery-comfort': words('术后问候', 'Comfort after surgery'),
  'midterm-surgery': words('术后中期回访', 'Mid-term questions after surgery'),
  'surgery-care-1': words('术后一个月关怀', 'Care one month after surgery'),
  'surgery-care-3': words('术后三个月关怀', 'Care three months after surgery'),
  'surgery-care-6': words('术后半年关怀', 'Care six months after surgery'),
  'surgery-care-12': words('术后一年关怀', 'Care a year after surgery'),
  'sutures-reminder': words('拆线提醒', 'Reminder of suture removal'),
  'sutures-call': words('拆线前回访', 'Call before suture removal'),
  'sutures-check': words('查明是否已拆线', 'Find out about the sutures'),
  'sutures-confirmation': words('拆线后关怀', 'Comfort after suture removal'),
  'recovery-call': words('拆线四十五天回访', 'Recovery, 45 days after suture removal'),
  'midterm-recovery': words('恢复期回访', 'Mid-term questions after recovery'),
  'revisit-thanks': words('复诊感谢', 'Thanks for a revisit'),
  'treatment-reminder': words('治疗提醒', 'Reminder of a treatment'),
  'treatment-comfort': words('治疗后关怀', 'Comfort after a treatment'),
  'course-thanks': words('疗程结束感谢', 'Thanks at the end of a course'),
  'midterm-course': words('疗程后回访', 'Mid-term questions after a course'),
  'no-show-call': words('未到诊回访', 'Call after a missed appointment'),
  'relationship-1': words('三十天未到院回访', 'Call after 30 days without a visit'),
  'relationship-2': words('六十天未到院回访', 'Call after 60 days without a visit'),
  'relationship-3': words('九十天未到院问候', 'Message after 90 days without a visit'),
  'sample-call': words('老客抽访', 'Monthly sample of old customers'),
  'audit-call': words('回访复核', 'Audit of a callback'),
};

export const anchorNames: Record<string, Words> = {
  firstVisit: words('初诊', 'the first visit'),
  revisit: words('复诊', 'a revisit'),
  dressing: words('预约换药', 'a dressing change'),
  surgery: words('手术', 'surgery'),
  suturesDue: words('计划拆线', 'planned suture removal'),
  suturesRemoved: words('拆线', 'suture removal'),
  treatmentDue: words('预约治疗', 'a booked treatment'),
  treated: words('治疗', 'a treatment'),
  courseEnded: words('疗程结束', 'the end of the course'),
  noShow: words('未到诊', 'a missed appointment'),
  lastVisit: words('最近一次到院', 'the last visit'),
  sampled: words('抽中', 'being drawn for the sample'),
  audited: words('抽中复核', 'being drawn for the audit'),
};

export const stateNames: Record<string, Words> = {
  planned: words('已排定', 'planned'),
  open: words('进行中', 'under way'),
  sent: words('已发送', 'sent'),
  reached: words('已接通', 'reached'),
  refused: words('拒绝回访', 'refused'),
  'message-instead': words('未接通，已改发信息', 'not reached, a message instead'),
  removed: words('已拆线', 'sutures removed'),
  postponed: words('拆线已改期', 'removal postponed'),
  elsewhere: words('在别处拆线', 'removed elsewhere'),
  unknown: words('联系不上', 'could not be found out'),
  moved: words('未做：日期有变', 'not done: the day changed'),
  replaced: words('未做：再次手术', 'not done: operated again'),
  overdue: words('未做：已过期', 'not done: too late'),
  skipped: words('未做：不联系', 'not done: no contact'),
  stopped: words('未做：回访已终止', 'not done: chain stopped'),
  'no-number': words('未做：没有号码', 'not done: no number'),
};

export const reasonNames: Record<string, Words> = {
  'day-moved': words(
    '依据的日期改了，已按新日期重排',
    'the day it is counted from was moved; planned anew by the new one',
  ),
  'no-longer-needed': words(
    '所依据的事项已办完、取消或不再成立',
    'what it was about is done, cancelled or holds no more',
  ),
  're-operation': words('再次手术，术后回访从新手术起算', 'operated again: care after surgery is counted anew'),
  'known-too-late': words('得知时已超过应做时间一天以上，不再补做', 'it became known more than a day after its time'),
  visited: words('此后患者已在其他疗程到院', 'the patient has come since, in another episode'),
  unknown: words('本院没有这位患者的资料', 'the patient is not known at the facility'),
  died: words('患者已故', 'the patient died'),
  transferred: words('患者已转院', 'the patient was transferred'),
  'consent-withdrawn': words('患者撤回了服务联系同意', 'the patient withdrew the consent to service'),
};

export const named = (names: Record<string, Words>, id: string): Words => ownValue(names, id) ?? words(id, id);
