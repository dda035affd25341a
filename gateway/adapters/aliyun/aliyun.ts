/** Aliyun SMS. Its API has no idempotency key: a letter is sent by one request, and without a response its state is queried by our mark. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { localDate } from '../../../engine/time/zone.ts';
import type { Gateway, Handed, Parcel, QueryOutcome, SendOutcome } from '../../port.ts';
import { outcomeOfError, outcomeOfStatus, reasonOf } from '../outage.ts';
import { fillTemplate, type SmsTemplates } from '../sms-templates.ts';
import { aliyunRetry, refusesAliyun } from './codes.ts';
import { type AliyunKey, canonicalQuery, signedHeaders } from './sign.ts';

export interface AliyunSettings {
  key: AliyunKey;
  /** Signature name as approved, without brackets. */
  signName: string;
  templates: SmsTemplates;
  /** `https://dysmsapi.aliyuncs.com` */
  endpoint: string;
}

const version = '2017-05-25';
const answerSchema = z.looseObject({ Code: z.string(), Message: z.string().default(''), BizId: z.string().optional() });
const detailsSchema = z.looseObject({
  Code: z.string(),
  Message: z.string().default(''),
  SmsSendDetailDTOs: z
    .looseObject({
      SmsSendDetailDTO: z
        .array(z.looseObject({ OutId: z.string().optional(), SendStatus: z.number(), ErrCode: z.string().default('') }))
        .default([]),
    })
    .optional(),
});
/** Query dates are in the carrier's zone. */
const zone = 'Asia/Shanghai';
const pageSize = 50;

export function aliyunGateway(settings: AliyunSettings): Gateway {
  async function call(action: string, query: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const { host } = new URL(settings.endpoint);
    const date = `${new Date().toISOString().slice(0, 19)}Z`;
    const { host: _, ...headers } = signedHeaders(
      { host, action, version, query, date, nonce: randomUUID() },
      settings.key,
    );
    return fetch(`${settings.endpoint}/?${canonicalQuery(query)}`, { method: 'POST', headers, signal });
  }

  async function sendOne(parcel: Parcel, deadline: AbortSignal): Promise<SendOutcome> {
    const filled = fillTemplate(settings.templates, parcel);
    if ('kind' in filled) return filled;
    const query = {
      PhoneNumbers: parcel.address ?? '',
      SignName: settings.signName,
      TemplateCode: filled.code,
      OutId: parcel.mark,
      ...(filled.values.length > 0 && { TemplateParam: JSON.stringify(Object.fromEntries(filled.values)) }),
    };
    try {
      const response = await call('SendSms', query, deadline);
      const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
      if (!answer.success) return outcomeOfStatus(response.status);
      const { Code: code, Message: message, BizId } = answer.data;
      if (code === 'OK') return { kind: 'accepted', providerId: BizId ?? parcel.mark };
      // An internal error may occur after the message was sent.
      if (response.status >= 500) return { kind: 'unknown', reason: `${code}: ${message}` };
      return {
        kind: 'rejected',
        code,
        message,
        retry: aliyunRetry(code),
        ...(refusesAliyun(code) && { personRefuses: true }),
      };
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  return {
    name: 'aliyun',
    reachesPeople: true,
    tellsReceipts: true,
    signature: `【${settings.signName}】`,
    batchSize: 32,
    send: (batch, deadline) => batch.map((parcel) => sendOne(parcel, deadline)),
    async query(handed, deadline): Promise<QueryOutcome> {
      try {
        for (let page = 1; ; page += 1) {
          const response = await call('QuerySendDetails', detailsQuery(handed, page), deadline);
          const answer = detailsSchema.safeParse(await response.json().catch(() => undefined));
          if (!answer.success || answer.data.Code !== 'OK')
            return { kind: 'unknown', reason: answer.data?.Message ?? `HTTP ${response.status}` };
          const listed = answer.data.SmsSendDetailDTOs?.SmsSendDetailDTO ?? [];
          const own = listed.find(({ OutId }) => OutId === handed.mark);
          if (own) return stateOf(own, handed);
          if (listed.length < pageSize) return { kind: 'missing' };
        }
      } catch (error) {
        return { kind: 'unknown', reason: reasonOf(error) };
      }
    },
  };
}

const detailsQuery = ({ address = '', handedAt }: Handed, page: number): Record<string, string> => ({
  PhoneNumber: address,
  SendDate: localDate(handedAt, zone).replaceAll('-', ''),
  PageSize: String(pageSize),
  CurrentPage: String(page),
});

/** 1: waiting for the receipt, 2: failed, 3: delivered. */
function stateOf(detail: { SendStatus: number; ErrCode: string }, { mark, providerId = mark }: Handed): QueryOutcome {
  if (detail.SendStatus === 3) return { kind: 'delivered', providerId };
  if (detail.SendStatus === 2) return { kind: 'failed', code: detail.ErrCode, message: 'Not delivered.' };
  return { kind: 'accepted', providerId };
}
