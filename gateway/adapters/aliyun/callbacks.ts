/** HTTP callbacks of Aliyun: receipts (SmsReport) and replies (SmsUp), each as a list. */
import { z } from 'zod';
import type { Callbacks } from '../../port.ts';
import { refusesAliyun } from './codes.ts';

const receipts = z
  .array(
    z.looseObject({
      success: z.boolean(),
      err_code: z.string().nullish(),
      biz_id: z.string().nullish(),
      out_id: z.string().nullish(),
    }),
  )
  .max(500);

const replies = z
  .array(
    z.looseObject({
      phone_number: z.string().min(1),
      content: z.string().max(2000),
      sequence_id: z.union([z.string(), z.number()]),
    }),
  )
  .max(500);

export const aliyunCallbacks: Callbacks = {
  taken: { code: 0, msg: 'ok' },
  parseReceipts: (body) =>
    receipts.parse(body).map(({ success, err_code, biz_id, out_id }) => ({
      delivered: success,
      ...(out_id && { mark: out_id }),
      ...(biz_id && { providerId: biz_id }),
      ...(!success && { code: err_code ?? 'unknown' }),
      ...(!success && refusesAliyun(err_code ?? '') && { personRefuses: true }),
    })),
  parseReplies: (body) =>
    replies.parse(body).map(({ phone_number, content, sequence_id }) => ({
      id: `aliyun ${sequence_id}`,
      from: phone_number,
      text: content,
    })),
};
