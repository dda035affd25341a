/**
 * The built-in job types as plain data, for workflows (which load neither zod nor the store), checks of diagrams and the API. Derived
 * from index.ts by `npm run job-types`; a test holds it to that.
 */
import type { BuiltInJob } from '../../engine/model/job-signature.ts';

export const jobCatalogue: Readonly<Record<string, BuiltInJob>> = {
  'send-message': {
    description: {
      zh: '向人员或患者发送消息：使用流程定义的文案，或自拟的标题和正文。',
      en: 'Sends a message to people: one of the definition’s texts, or a subject and a body of its own.',
    },
    activity: 'sendMessage',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        to: {
          description:
            'Who gets it: role ids, `patient`, or staff ids worked out in FEEL; a list, or one text with commas.',
          reference: 'receiver',
          anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
        },
        template: {
          description: 'Which text of `messages.json`.',
          type: 'string',
          minLength: 1,
          reference: 'message-template',
        },
        channel: {
          default: 'notice',
          description: 'How it goes out, for instance `sms`.',
          type: 'string',
          minLength: 1,
        },
        language: {
          default: 'zh',
          description: 'Language of the text, where the definition has it.',
          type: 'string',
          enum: ['zh', 'en'],
        },
        patient: {
          description: 'Number of the record: whom a message to `patient` goes to.',
          type: 'string',
          minLength: 1,
        },
        lane: {
          default: 'service',
          description:
            '`urgent` goes first and at any hour, `marketing` last, with consent and within its limits only.',
          type: 'string',
          enum: ['urgent', 'service', 'marketing'],
        },
        subject: {
          description: 'Instead of the text’s own. The business key is added to it.',
          type: 'string',
          minLength: 1,
        },
        body: {
          description: 'Instead of the text’s own; without a text the subject says it all.',
          type: 'string',
          minLength: 1,
        },
      },
      required: ['to'],
      additionalProperties: {},
    },
    output: {
      type: 'object',
      properties: { sentTo: { type: 'array', items: { type: 'string' }, description: 'Whom it was written to.' } },
      required: ['sentTo'],
      additionalProperties: false,
    },
    headers: ['to', 'template', 'channel', 'language', 'lane', 'subject'],
    errors: {},
  },
  'find-staff': {
    description: {
      zh: '查找流程所在院区担任某角色的人员。',
      en: 'Looks up who holds a role at the facility of the instance.',
    },
    activity: 'findStaff',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: { role: { type: 'string', minLength: 1, description: 'Id of the role.', reference: 'role' } },
      required: ['role'],
    },
    output: {
      type: 'object',
      properties: {
        staffId: { type: 'string', description: 'The first one’s id.' },
        staffIds: { type: 'array', items: { type: 'string' }, description: 'All of them.' },
      },
      required: ['staffId', 'staffIds'],
      additionalProperties: false,
    },
    headers: ['role'],
    errors: { 'nobody-in-role': 'Nobody holds the role there.' },
  },
  'file-case': {
    description: {
      zh: '归档已结案的事项：计入统计，并抄送需要知晓的角色。',
      en: 'Files a closed case: its figures for the statistics, and a copy to each role that is to know.',
    },
    activity: 'fileCase',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        copiesTo: {
          description: 'Role ids that get a copy; a list, or one text with commas.',
          reference: 'role',
          anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
        },
        template: {
          description: 'The text of the copies in `messages.json`; needed for them.',
          type: 'string',
          minLength: 1,
          reference: 'message-template',
        },
      },
      additionalProperties: {},
    },
    output: {
      type: 'object',
      properties: { filedAt: { type: 'string', description: 'ISO 8601.' } },
      required: ['filedAt'],
      additionalProperties: false,
    },
    headers: ['copiesTo', 'template'],
    errors: {},
  },
  'reserve-refund': {
    description: {
      zh: '核对退款与患者付款、事项方案是否相符，并预留金额。',
      en: 'Checks a refund against what its patient paid and against the plan of its case, and reserves the amount.',
    },
    activity: 'reserveRefund',
    movesMoney: true,
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        paymentId: {
          type: 'string',
          minLength: 1,
          description: 'Id of the payment that is given back, of the facility and the patient of the case.',
        },
        amountCents: { type: 'integer', exclusiveMinimum: 0, description: 'Amount in cents.' },
        kind: { description: 'Kind of the refund, for the record.', type: 'string', minLength: 1 },
      },
      required: ['paymentId', 'amountCents'],
    },
    output: {
      type: 'object',
      properties: {
        reserved: { type: 'boolean', const: true },
        remainingCents: { type: 'integer', description: 'What is left of the payment.' },
      },
      required: ['reserved', 'remainingCents'],
      additionalProperties: false,
    },
    headers: [],
    errors: {
      'no-such-payment': 'There is no such payment at the facility.',
      'other-patient': 'The payment is not of the patient whose case it is.',
      'already-refunded': 'Nothing is left of the payment, or the refund draws on it already.',
      'more-than-paid': 'The amount is more than what is left of the payment.',
      'more-than-planned': 'All refunds of the case together are more than its plan.',
      'no-such-case': 'What has called the refund is no case of the facility.',
    },
  },
  'release-refund': {
    description: {
      zh: '释放退款或该事项的各笔退款所预留的金额；已支付的不受影响。',
      en: 'Gives back what the refund, or the refunds of the case that asks, have reserved; what is paid stays paid.',
    },
    activity: 'releaseRefund',
    movesMoney: true,
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: { type: 'object', properties: {} },
    output: {
      type: 'object',
      properties: { reserved: { type: 'boolean', const: false } },
      required: ['reserved'],
      additionalProperties: false,
    },
    headers: [],
    errors: {},
  },
  'order-payment': {
    description: {
      zh: '在审批结果保存后，指令支付退款所预留的金额；重复执行不会重复支付。',
      en: 'Orders the payment of what the refund has reserved, once its approvals are stored: repeating it pays nothing twice.',
    },
    activity: 'orderPayment',
    movesMoney: true,
    execution: { kind: 'activity', startToCloseTimeout: 'PT2M' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        paymentId: {
          description: 'What the process takes for reserved: refused where it is not.',
          type: 'string',
          minLength: 1,
        },
        amountCents: { description: 'In cents; likewise.', type: 'integer', exclusiveMinimum: 0 },
        method: {
          description: 'How it is paid out, for the cashier’s system: what `method` was when it was approved.',
          type: 'string',
          minLength: 1,
        },
      },
    },
    output: {
      type: 'object',
      properties: {
        orderId: { type: 'string', description: 'Number of the payment order.' },
        paidCents: { type: 'integer' },
        paidAt: { type: 'string', description: 'ISO 8601.' },
      },
      required: ['orderId', 'paidCents', 'paidAt'],
      additionalProperties: false,
    },
    headers: [],
    errors: {
      'not-reserved': 'The refund holds no reservation.',
      'not-approved':
        'The approvals that the rule set asks for are not stored: for this amount, payment and method, by different people entitled to them.',
    },
  },
  'look-at-patient': {
    description: {
      zh: '查询此时是否可以就诊疗联系患者，以及谁在处理其未结的投诉。',
      en: 'Tells whether a patient may be contacted about their treatment now, and who has an open complaint of theirs.',
    },
    activity: 'lookAtPatient',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        patient: { type: 'string', minLength: 1, description: 'Number of the record.' },
        noVisitSince: {
          description: 'A day (`2027-03-01`): only while the patient has not come since, in another episode either.',
          type: 'string',
          minLength: 1,
        },
      },
      required: ['patient'],
    },
    output: {
      type: 'object',
      properties: {
        mayContact: { type: 'boolean' },
        whyNot: {
          type: 'string',
          description: '`unknown`, `died`, `transferred`, `consent-withdrawn`, `visited`; empty: they may.',
        },
        complaintOpen: { type: 'boolean', description: 'A complaint of the patient is being worked on.' },
        owner: { type: 'string', description: 'Staff id of who has it; empty: nobody yet.' },
      },
      required: ['mayContact', 'whyNot', 'complaintOpen', 'owner'],
      additionalProperties: false,
    },
    headers: [],
    errors: {},
  },
  'open-complaint': {
    description: {
      zh: '为不满意的患者登记投诉，带入患者资料和通话内容。',
      en: 'Registers a complaint of a patient who is not satisfied, with the data of the patient and the call copied.',
    },
    activity: 'openComplaint',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        patient: { type: 'string', minLength: 1, description: 'Number of the record.' },
        touch: { type: 'string', minLength: 1, description: 'Which touch it was told at.' },
        caller: { description: 'Staff id of who called.', type: 'string', minLength: 1 },
        remark: { description: 'What the patient said.', type: 'string', minLength: 1 },
      },
      required: ['patient', 'touch'],
    },
    output: {
      type: 'object',
      properties: { caseNumber: { type: 'string' } },
      required: ['caseNumber'],
      additionalProperties: false,
    },
    headers: [],
    errors: {},
  },
  'record-sutures': {
    description: {
      zh: '记录患者拆线的核实结果，并写入本次就诊的随访。',
      en: 'Records what was found out about the sutures of a patient, and passes it to the follow-up chain of the episode.',
    },
    activity: 'recordSutures',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        patient: { type: 'string', minLength: 1, description: 'Number of the record.' },
        episode: { type: 'string', minLength: 1, description: 'Key of the chain: facility and number of the episode.' },
        outcome: { type: 'string', enum: ['removed', 'elsewhere', 'postponed', 'unknown'] },
        day: { description: 'When they were removed, or are to be.', type: 'string', minLength: 1 },
      },
      required: ['patient', 'episode', 'outcome'],
    },
    output: {
      type: 'object',
      properties: { recorded: { type: 'boolean' } },
      required: ['recorded'],
      additionalProperties: false,
    },
    headers: [],
    errors: {},
  },
  'satisfaction-figures': {
    description: {
      zh: '统计截至当前一周的满意度，并保存为院区报告。',
      en: 'Works out the satisfaction figures of the week that ends now, and keeps them as a report of the facility.',
    },
    activity: 'satisfactionFigures',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: { type: 'object', properties: {} },
    output: {
      type: 'object',
      properties: {
        report: { type: 'string', description: 'Id of the report: facility and day.' },
        calls: { type: 'number' },
        reached: { type: 'number' },
        meanScore: { type: 'string', description: '20 to 100, or `–`.' },
        redFlags: { type: 'number' },
        remarksOpen: { type: 'number' },
      },
      required: ['report', 'calls', 'reached', 'meanScore', 'redFlags', 'remarksOpen'],
      additionalProperties: false,
    },
    headers: [],
    errors: {},
  },
  'draw-patients': {
    description: {
      zh: '随机抽取患者，并为每位发起一通回访：老客户抽样，或回访复核。',
      en: 'Draws patients by lot, and begins a chain of one call for each: a sample of old customers, an audit of callbacks.',
    },
    activity: 'drawPatients',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        sample: { type: 'integer', minimum: 0, maximum: 500, description: 'How many old customers.' },
        audit: { type: 'integer', minimum: 0, maximum: 500, description: 'How many callbacks.' },
      },
      required: ['sample', 'audit'],
    },
    output: {
      type: 'object',
      properties: { sampled: { type: 'number' }, audited: { type: 'number' } },
      required: ['sampled', 'audited'],
      additionalProperties: false,
    },
    headers: [],
    errors: {},
  },
  'greet-birthdays': {
    description: {
      zh: '向院区当天生日的患者发送祝福，按患者习惯的公历或农历。',
      en: 'Writes to every patient of the facility whose birthday it is today, by the sun or by the moon as they prefer.',
    },
    activity: 'greetBirthdays',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        template: {
          type: 'string',
          minLength: 1,
          reference: 'message-template',
          sends: { to: 'patient', lane: 'marketing' },
          description: 'Which text of `messages.json`.',
        },
        channel: { default: 'sms', description: 'How it goes out.', type: 'string', minLength: 1 },
      },
      required: ['template'],
    },
    output: {
      type: 'object',
      properties: { greeted: { type: 'number', description: 'How many letters were written.' } },
      required: ['greeted'],
      additionalProperties: false,
    },
    headers: ['template', 'channel'],
    errors: {},
  },
};
