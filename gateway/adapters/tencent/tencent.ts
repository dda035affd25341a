/** Tencent Cloud SMS. Responses list each number; without a response a letter is looked up by number and our mark. */
import { z } from 'zod';
import type { Gateway, Handed, Parcel, QueryOutcome, SendOutcome } from '../../port.ts';
import { outcomeOfError, outcomeOfStatus, reasonOf } from '../outage.ts';
import { fillTemplate, internationalNumber, type SmsTemplates } from '../sms-templates.ts';
import { refusesTencent, tencentRetry } from './codes.ts';
import { signedHeaders, type TencentKey } from './sign.ts';

export interface TencentSettings {
  key: TencentKey;
  /** Id of the SMS application. */
  appId: string;
  signName: string;
  templates: SmsTemplates;
  /** `https://sms.tencentcloudapi.com` */
  endpoint: string;
  region: string;
}

const version = '2021-01-11';
const failure = z.looseObject({ Code: z.string(), Message: z.string().default('') });
const sent = z.looseObject({
  Response: z.looseObject({
    Error: failure.optional(),
    SendStatusSet: z.array(failure.extend({ SerialNo: z.string().default('') })).optional(),
  }),
});
const pulled = z.looseObject({
  Response: z.looseObject({
    Error: failure.optional(),
    PullSmsSendStatusSet: z
      .array(
        z.looseObject({
          SerialNo: z.string(),
          ReportStatus: z.string(),
          Description: z.string().default(''),
          SessionContext: z.string().optional(),
        }),
      )
      .nullish(),
  }),
});
const pageSize = 100;
/** The search starts some time before the hand-over, to allow for clock skew. */
const marginSeconds = 600;

export function tencentGateway(settings: TencentSettings): Gateway {
  async function call(action: string, payload: object, signal: AbortSignal): Promise<Response> {
    const body = JSON.stringify(payload);
    const { host: _, ...headers } = signedHeaders(
      {
        host: new URL(settings.endpoint).host,
        service: 'sms',
        action,
        version,
        region: settings.region,
        body,
        timestamp: Math.floor(Date.now() / 1000),
      },
      settings.key,
    );
    return fetch(settings.endpoint, { method: 'POST', headers, body, signal });
  }

  async function sendOne(parcel: Parcel, deadline: AbortSignal): Promise<SendOutcome> {
    const filled = fillTemplate(settings.templates, parcel);
    if ('kind' in filled) return filled;
    const payload = {
      PhoneNumberSet: [internationalNumber(parcel.address ?? '')],
      SmsSdkAppId: settings.appId,
      SignName: settings.signName,
      TemplateId: filled.code,
      TemplateParamSet: filled.values.map(([, value]) => value),
      SessionContext: parcel.mark,
    };
    try {
      const response = await call('SendSms', payload, deadline);
      const answer = sent.safeParse(await response.json().catch(() => undefined));
      if (!answer.success) return outcomeOfStatus(response.status);
      const { Error: error, SendStatusSet: [status] = [] } = answer.data.Response;
      const { Code: code, Message: message } = error ?? status ?? { Code: 'NoStatus', Message: 'No status came.' };
      if (code === 'Ok') return { kind: 'accepted', providerId: status?.SerialNo || parcel.mark };
      if (/^InternalError/.test(code) || code === 'NoStatus') return { kind: 'unknown', reason: `${code}: ${message}` };
      return {
        kind: 'rejected',
        code,
        message,
        retry: tencentRetry(code),
        ...(refusesTencent(code) && { personRefuses: true }),
      };
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  return {
    name: 'tencent',
    reachesPeople: true,
    tellsReceipts: true,
    signature: `【${settings.signName}】`,
    batchSize: 32,
    send: (batch, deadline) => batch.map((parcel) => sendOne(parcel, deadline)),
    async query(handed, deadline): Promise<QueryOutcome> {
      try {
        const response = await call('PullSmsSendStatusByPhoneNumber', pullOf(handed, settings.appId), deadline);
        const answer = pulled.safeParse(await response.json().catch(() => undefined));
        const error = answer.data?.Response.Error;
        if (!answer.success || error) return { kind: 'unknown', reason: error?.Message ?? `HTTP ${response.status}` };
        const listed = answer.data.Response.PullSmsSendStatusSet ?? [];
        const own = listed.find(
          ({ SerialNo, SessionContext }) => SerialNo === handed.providerId || SessionContext === handed.mark,
        );
        if (own) return stateOf(own);
        // Without session contexts, which must be enabled for the account, the messages cannot be told apart.
        return listed.some(({ SessionContext }) => SessionContext === undefined) || listed.length === pageSize
          ? { kind: 'unknown', reason: 'Messages went to this number, but none carries a letter id.' }
          : { kind: 'missing' };
      } catch (error) {
        return { kind: 'unknown', reason: reasonOf(error) };
      }
    },
  };
}

function pullOf({ address = '', handedAt }: Handed, appId: string) {
  const from = Math.floor(Date.parse(handedAt) / 1000);
  return {
    BeginTime: from - marginSeconds,
    EndTime: from + 86_400,
    Offset: 0,
    Limit: pageSize,
    PhoneNumber: internationalNumber(address),
    SmsSdkAppId: appId,
  };
}

function stateOf(own: { SerialNo: string; ReportStatus: string; Description: string }): QueryOutcome {
  if (own.ReportStatus === 'SUCCESS') return { kind: 'delivered', providerId: own.SerialNo };
  return { kind: 'failed', code: own.ReportStatus, message: own.Description };
}
