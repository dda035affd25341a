/** Texts of the messages that drawings name in the header `template`. Without personal data: names are added where they are shown. */
export const templates: Record<string, { subject: string; body: string }> = {
  'complaint-registered': {
    subject: '投诉已登记',
    body: '您反映的问题已登记，我们将在 3 个工作日内与您联系。',
  },
  'complaint-emergency': { subject: '紧急投诉', body: '现场出现紧急情况或严重不良事件，请立即处理。' },
  'complaint-closed': { subject: '投诉已结案', body: '您反映的问题已处理完毕，感谢您的监督。' },
  'refund-approved': { subject: '退款已批准', body: '退款申请已批准，将按约定方式支付。' },
  'refund-rejected': { subject: '退款未批准', body: '退款申请未获批准，请查看理由。' },
  'refund-paid': { subject: '退款已支付', body: '退款已支付；银行卡退款约 7 个工作日到账。' },
};
