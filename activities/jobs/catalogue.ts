/**
 * The built-in job types as plain data, for workflows (which load neither zod nor the store), checks of diagrams and the API. Derived
 * from index.ts by `npm run job-types`; a test holds it to that.
 */
import type { BuiltInJob } from '../../engine/model/job-signature.ts';

export const jobCatalogue: Readonly<Record<string, BuiltInJob>> = {
  'send-message': {
    description: 'Sends a message to people: one of the definition’s texts, or a subject and a body of its own.',
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
    headers: ['to', 'template', 'channel', 'language', 'subject'],
    errors: {},
  },
  'find-staff': {
    description: 'Looks up who holds a role in a facility.',
    activity: 'findStaff',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        role: { type: 'string', minLength: 1, description: 'Id of the role.', reference: 'role' },
        facility: { description: 'Absent: the facility of the instance.', type: 'string', minLength: 1 },
      },
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
    description: 'Files a closed case: its figures for the statistics, and a copy to each role that is to know.',
    activity: 'fileCase',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        caseNumber: { description: 'Absent: the business key.', type: 'string', minLength: 1 },
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
    description: 'Checks a refund against what was paid, and reserves the amount.',
    activity: 'reserveRefund',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        paymentId: { type: 'string', minLength: 1, description: 'Id of the payment that is given back.' },
        refundId: { type: 'string', minLength: 1, description: 'Id of the refund.' },
        amountCents: { type: 'integer', exclusiveMinimum: 0, description: 'Amount in cents.' },
        caseNumber: { description: 'The case it belongs to, for the record.', type: 'string', minLength: 1 },
        kind: { description: 'Kind of the refund, for the record.', type: 'string', minLength: 1 },
      },
      required: ['paymentId', 'refundId', 'amountCents'],
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
      'no-such-payment': 'There is no such payment.',
      'already-refunded': 'Another refund holds the payment.',
      'more-than-paid': 'The amount is more than what is left of the payment.',
    },
  },
  'release-refund': {
    description: 'Gives back what a refund has reserved; what is paid stays paid.',
    activity: 'releaseRefund',
    execution: { kind: 'local' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        refundId: { type: 'string', minLength: 1, description: 'Id of the refund.' },
        paymentId: {
          description: 'Absent: the payment that the refund still holds, if any.',
          type: 'string',
          minLength: 1,
        },
        caseNumber: { description: 'The case it belongs to, for the record.', type: 'string', minLength: 1 },
      },
      required: ['refundId'],
    },
    output: {
      type: 'object',
      properties: { reserved: { type: 'boolean', const: false } },
      required: ['reserved'],
      additionalProperties: false,
    },
    headers: [],
    errors: { 'no-such-payment': 'There is no such payment.', 'already-paid': 'The refund is paid.' },
  },
  'order-payment': {
    description: 'Orders the payment of a reserved refund, once: repeating it pays nothing twice.',
    activity: 'orderPayment',
    execution: { kind: 'activity', startToCloseTimeout: 'PT2M' },
    retry: { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' },
    input: {
      type: 'object',
      properties: {
        paymentId: { type: 'string', minLength: 1, description: 'Id of the payment that is given back.' },
        refundId: { type: 'string', minLength: 1, description: 'Id of the refund.' },
        amountCents: { type: 'integer', exclusiveMinimum: 0, description: 'Amount in cents.' },
        caseNumber: { description: 'The case it belongs to, for the record.', type: 'string', minLength: 1 },
        method: { description: 'How it is paid out, for the cashier’s system.', type: 'string', minLength: 1 },
      },
      required: ['paymentId', 'refundId', 'amountCents'],
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
      'no-such-payment': 'There is no such payment.',
      'not-reserved': 'The refund holds no reservation of this amount.',
    },
  },
};
