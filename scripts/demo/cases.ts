/** The demo's complaints: what an aesthetic hospital really hears, all people invented, and how far each case goes. */

/** How far the demo plays a case (plots.ts tells each). */
export type Plot =
  | 'registered'
  | 'accepted'
  | 'contacting'
  | 'first-contact-late'
  | 'classified'
  | 'planned'
  | 'approving'
  | 'plan-sent-back'
  | 'negotiating'
  | 'renegotiating'
  | 'refund-waiting'
  | 'refund-by-signal'
  | 'refund-by-api'
  | 'refund-refused'
  | 'refund-sent-back'
  | 'refund-stuck'
  | 'closure-late'
  | 'closed'
  | 'closed-without-refund'
  | 'withdrawn';

export interface DemoCase {
  facility: 'BJ' | 'SH' | 'CD';
  channel: 'in-person' | 'hotline' | 'online-chat' | 'callback' | 'other';
  /** What happened, in the complainant's words as the desk writes them down. */
  narrative: string;
  demand: string;
  demandCents?: number;
  patient: { name: string; phone: string };
  /** Absent: the patient complains. */
  complainant?: { name: string; phone: string; relation: string };
  people: string[];
  classification: 'service' | 'suggestion' | 'medical-result' | 'medical-support';
  plot: Plot;
}

export const demoCases: DemoCase[] = [
  {
    facility: 'BJ',
    channel: 'in-person',
    narrative: '隆鼻术后第十天鼻背仍明显肿胀，左右不对称，复诊时医生只说再等等。',
    demand: '请主刀医生面诊并说明恢复计划',
    patient: { name: '林若溪', phone: '13800010001' },
    people: ['主刀医生', '咨询师'],
    classification: 'medical-result',
    plot: 'contacting',
  },
  {
    facility: 'BJ',
    channel: 'hotline',
    narrative: '玻尿酸填充后面颊淤青两周未退，术前没有被告知可能淤青。',
    demand: '退还本次治疗费用',
    demandCents: 680000,
    patient: { name: '周以宁', phone: '13800010002' },
    people: ['注射医生'],
    classification: 'medical-result',
    plot: 'refund-by-signal',
  },
  {
    facility: 'BJ',
    channel: 'in-person',
    narrative: '预约十点，等到十二点才见到医生，前台没有解释。',
    demand: '道歉',
    patient: { name: '何思远', phone: '13800010003' },
    people: ['前台'],
    classification: 'service',
    plot: 'closed-without-refund',
  },
  {
    facility: 'BJ',
    channel: 'online-chat',
    narrative: '网上报价双眼皮九千八，到院后变成一万三千八。',
    demand: '按网上报价结算，退还差价四千元',
    demandCents: 400000,
    patient: { name: '许知夏', phone: '13800010004' },
    people: ['现场咨询师'],
    classification: 'service',
    plot: 'refund-by-api',
  },
  {
    facility: 'BJ',
    channel: 'in-person',
    narrative: '前台接待态度生硬，当众说"嫌贵可以不做"。',
    demand: '当事人道歉',
    patient: { name: '邓佳', phone: '13800010005' },
    people: ['前台'],
    classification: 'service',
    plot: 'approving',
  },
  {
    facility: 'BJ',
    channel: 'callback',
    narrative: '护士换药时弄错敷料，回家后皮肤过敏发红。',
    demand: '承担后续治疗并退还换药费',
    demandCents: 120000,
    patient: { name: '蒋雯', phone: '13800010006' },
    people: ['换药护士'],
    classification: 'medical-support',
    plot: 'closed',
  },
  {
    facility: 'BJ',
    channel: 'hotline',
    narrative: '预付十次光子嫩肤，做了三次后要出国，要求退剩余七次。',
    demand: '退还剩余七次费用',
    demandCents: 1050000,
    patient: { name: '韩冰', phone: '13800010007' },
    people: ['会员经理'],
    classification: 'service',
    plot: 'refund-sent-back',
  },
  {
    facility: 'BJ',
    channel: 'in-person',
    narrative: '吸脂后大腿外侧凹凸不平，三个月后仍不平整。',
    demand: '免费修复或赔偿',
    demandCents: 3600000,
    patient: { name: '苏敏', phone: '13800010008' },
    complainant: { name: '苏建国', phone: '13800010108', relation: '父亲' },
    people: ['主刀医生', '麻醉医生'],
    classification: 'medical-result',
    plot: 'first-contact-late',
  },
  {
    facility: 'BJ',
    channel: 'other',
    narrative: '术后提醒短信一天发了六条，深夜也发。',
    demand: '改进提醒时间',
    patient: { name: '冯可', phone: '13800010009' },
    people: [],
    classification: 'suggestion',
    plot: 'registered',
  },
  {
    facility: 'BJ',
    channel: 'hotline',
    narrative: '祛斑激光后色素沉着比之前更明显。',
    demand: '退款并免费修复',
    demandCents: 980000,
    patient: { name: '彭雪', phone: '13800010010' },
    people: ['激光医生'],
    classification: 'medical-result',
    plot: 'negotiating',
  },
  {
    facility: 'SH',
    channel: 'in-person',
    narrative: '双眼皮术后两侧宽窄不一，医生说消肿后会好，已经四个月。',
    demand: '由专家会诊并修复',
    patient: { name: '顾清', phone: '13800020001' },
    people: ['主刀医生'],
    classification: 'medical-result',
    plot: 'classified',
  },
  {
    facility: 'SH',
    channel: 'hotline',
    narrative: '美容仪预付卡到期未提醒，余额被清零。',
    demand: '恢复余额',
    demandCents: 560000,
    patient: { name: '沈一诺', phone: '13800020002' },
    people: ['会员经理'],
    classification: 'service',
    plot: 'refund-by-signal',
  },
  {
    facility: 'SH',
    channel: 'online-chat',
    narrative: '咨询师承诺"一次见效"，做完两次没有变化。',
    demand: '退一半费用',
    demandCents: 780000,
    patient: { name: '钱多多', phone: '13800020003' },
    people: ['现场咨询师'],
    classification: 'service',
    plot: 'refund-refused',
  },
  {
    facility: 'SH',
    channel: 'in-person',
    narrative: '停车场无人引导，迟到后被取消预约。',
    demand: '重新安排当天手术',
    patient: { name: '陆遥', phone: '13800020004' },
    people: ['预约专员'],
    classification: 'service',
    plot: 'closed',
  },
  {
    facility: 'SH',
    channel: 'callback',
    narrative: '回访时说起术后发热，值班电话两次没有人接。',
    demand: '说明值班安排',
    patient: { name: '孟晚秋', phone: '13800020005' },
    people: ['值班医生'],
    classification: 'medical-support',
    plot: 'planned',
  },
  {
    facility: 'SH',
    channel: 'in-person',
    narrative: '收费单上多了一项没有做的项目。',
    demand: '退还多收的一千二百元',
    demandCents: 120000,
    patient: { name: '江南', phone: '13800020006' },
    people: ['收银'],
    classification: 'service',
    plot: 'refund-stuck',
  },
  {
    facility: 'SH',
    channel: 'hotline',
    narrative: '热玛吉后脸颊有小水泡，门店让等三天再来。',
    demand: '退款并承担烫伤治疗',
    demandCents: 2860000,
    patient: { name: '罗伊', phone: '13800020007' },
    people: ['治疗师'],
    classification: 'medical-result',
    plot: 'refund-waiting',
  },
  {
    facility: 'SH',
    channel: 'other',
    narrative: '候诊区空调太冷，建议备毛毯。',
    demand: '采纳建议',
    patient: { name: '白露', phone: '13800020008' },
    people: [],
    classification: 'suggestion',
    plot: 'closed-without-refund',
  },
  {
    facility: 'SH',
    channel: 'online-chat',
    narrative: '照片被用在朋友圈宣传，没有征得同意。',
    demand: '删除照片并道歉',
    patient: { name: '夏至', phone: '13800020009' },
    people: ['运营'],
    classification: 'service',
    plot: 'plan-sent-back',
  },
  {
    facility: 'SH',
    channel: 'in-person',
    narrative: '脂肪填充一个月后吸收明显，效果与术前模拟差距大。',
    demand: '免费补充填充或退款',
    demandCents: 1880000,
    patient: { name: '叶蓁', phone: '13800020010' },
    people: ['主刀医生', '咨询师'],
    classification: 'medical-result',
    plot: 'closure-late',
  },
  {
    facility: 'CD',
    channel: 'hotline',
    narrative: '下巴假体移位，要求取出，被告知要另收手术费。',
    demand: '免费取出',
    demandCents: 1500000,
    patient: { name: '唐糖', phone: '13800030001' },
    people: ['主刀医生'],
    classification: 'medical-result',
    plot: 'accepted',
  },
  {
    facility: 'CD',
    channel: 'in-person',
    narrative: '约的主任医师，当天换成了住院医师，没有提前说。',
    demand: '重新安排主任并减免费用',
    demandCents: 200000,
    patient: { name: '袁野', phone: '13800030002' },
    people: ['预约专员'],
    classification: 'service',
    plot: 'refund-by-api',
  },
  {
    facility: 'CD',
    channel: 'callback',
    narrative: '拆线后伤口渗液，门诊让自己涂药。',
    demand: '安排复诊',
    patient: { name: '贺兰', phone: '13800030003' },
    people: ['门诊护士'],
    classification: 'medical-support',
    plot: 'closed',
  },
  {
    facility: 'CD',
    channel: 'online-chat',
    narrative: '购买的水光套餐被告知只能工作日使用，购买时没说。',
    demand: '全额退款',
    demandCents: 398000,
    patient: { name: '宁静', phone: '13800030004' },
    people: ['现场咨询师'],
    classification: 'service',
    plot: 'renegotiating',
  },
  {
    facility: 'CD',
    channel: 'in-person',
    narrative: '术后躺在走廊等床位四十分钟。',
    demand: '道歉并说明',
    patient: { name: '石磊', phone: '13800030005' },
    complainant: { name: '石岩', phone: '13800030105', relation: '哥哥' },
    people: ['住院部'],
    classification: 'service',
    plot: 'withdrawn',
  },
  {
    facility: 'CD',
    channel: 'hotline',
    narrative: '牙齿贴面一周内脱落两片。',
    demand: '免费重做',
    patient: { name: '温暖', phone: '13800030006' },
    people: ['口腔医生'],
    classification: 'medical-result',
    plot: 'contacting',
  },
  {
    facility: 'CD',
    channel: 'in-person',
    narrative: '隆胸术后一侧硬结，多次预约不到主刀医生。',
    demand: '主刀医生面诊，必要时退款',
    demandCents: 5800000,
    patient: { name: '柳青', phone: '13800030007' },
    people: ['主刀医生'],
    classification: 'medical-result',
    plot: 'refund-waiting',
  },
  {
    facility: 'CD',
    channel: 'hotline',
    narrative: '美甲店联名活动的赠送项目到院不予兑现。',
    demand: '兑现赠送项目',
    patient: { name: '安然', phone: '13800030008' },
    people: ['前台'],
    classification: 'service',
    plot: 'approving',
  },
  {
    facility: 'CD',
    channel: 'other',
    narrative: '投诉信：疗程卡转让被拒，合同里没有写不能转让。',
    demand: '允许转让或退款',
    demandCents: 860000,
    patient: { name: '方舟', phone: '13800030009' },
    people: ['会员经理'],
    classification: 'service',
    plot: 'first-contact-late',
  },
  {
    facility: 'CD',
    channel: 'online-chat',
    narrative: '客服在线两个小时没有回复，重复排队三次。',
    demand: '缩短等待',
    patient: { name: '余音', phone: '13800030010' },
    people: ['在线客服'],
    classification: 'suggestion',
    plot: 'registered',
  },
];
