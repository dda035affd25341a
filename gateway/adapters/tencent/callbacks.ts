/** HTTP callbacks of Tencent Cloud: receipts as a list, replies one at a time and without an id. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Callbacks } from '../../port.ts';
import { refusesTencent } from './codes.ts';

const receipts = z
  .array(z.looseObject({ report_status: z.string(), errmsg: z.string().nullish(), sid: z.string().min(1) }))
  .max(500);

const reply = z.looseObject({
  mobile: z.string().min(1),
  nationcode: z.string().default(''),
  text: z.string().max(2000),
  time: z.union([z.string(), z.number()]),
  extend: z.string().nullish(),
});

export const tencentCallbacks: Callbacks = {
  taken: { result: 0, errmsg: 'OK' },
  parseReceipts: (body) =>
    receipts.parse(body).map(({ report_status, errmsg, sid }) => ({
      providerId: sid,
      delivered: report_status === 'SUCCESS',
      ...(report_status !== 'SUCCESS' && { code: errmsg || report_status }),
      ...(refusesTencent(errmsg ?? '') && { personRefuses: true }),
    })),
  parseReplies: (body) =>
    [reply.parse(body)].map(({ mobile, nationcode, text, time, extend }) => ({
      id: `tencent ${digest([nationcode, mobile, text, time, extend ?? ''])}`,
      from: `${nationcode}${mobile}`,
      text,
    })),
};

const digest = (parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
