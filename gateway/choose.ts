/** Selects the gateway for letters to patients from the environment, and validates its settings at startup. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { aliyunGateway } from './adapters/aliyun/aliyun.ts';
import { aliyunCallbacks } from './adapters/aliyun/callbacks.ts';
import { simulatorCallbacks } from './adapters/simulator/callbacks.ts';
import { simulatorGateway } from './adapters/simulator/simulator.ts';
import { smsTemplates } from './adapters/sms-templates.ts';
import { tencentCallbacks } from './adapters/tencent/callbacks.ts';
import { tencentGateway } from './adapters/tencent/tencent.ts';
import { notHere } from './demo-database.ts';
import type { Callbacks, Gateway } from './port.ts';

const kinds = ['file', 'aliyun', 'tencent', 'simulator'] as const;
type Kind = (typeof kinds)[number];

const kindSchema = z
  .object({ CARELOOP_GATEWAY: z.enum(kinds).default('file'), CARELOOP_DATABASE_ID: z.string().optional() })
  .refine((read) => read.CARELOOP_GATEWAY !== 'simulator' || read.CARELOOP_DATABASE_ID !== undefined, {
    path: ['CARELOOP_GATEWAY'],
    error: notHere,
  });
const templatesFile = z.string().transform((path) => smsTemplates.parse(JSON.parse(readFileSync(path, 'utf8'))));
const account = {
  CARELOOP_SMS_KEY_ID: z.string().min(1),
  CARELOOP_SMS_KEY_SECRET: z.string().min(1),
  CARELOOP_SMS_SIGN_NAME: z.string().min(1),
  CARELOOP_SMS_TEMPLATES: templatesFile,
};
const aliyunSchema = z.object({
  ...account,
  CARELOOP_SMS_ENDPOINT: z.url().default('https://dysmsapi.aliyuncs.com'),
});
const tencentSchema = z.object({
  ...account,
  CARELOOP_SMS_APP_ID: z.string().min(1),
  CARELOOP_SMS_REGION: z.string().default('ap-guangzhou'),
  CARELOOP_SMS_ENDPOINT: z.url().default('https://sms.tencentcloudapi.com'),
});
const simulatorSchema = z.object({
  CARELOOP_SIMULATOR_URL: z.url().default('http://127.0.0.1:8082'),
  CARELOOP_SMS_SIGN_NAME: z.string().min(1).default('演示医院'),
});

const callbacks: Record<Kind, Callbacks | undefined> = {
  file: undefined,
  aliyun: aliyunCallbacks,
  tencent: tencentCallbacks,
  simulator: simulatorCallbacks,
};

const kindOf = (env: NodeJS.ProcessEnv): Kind => kindSchema.parse(filled(env)).CARELOOP_GATEWAY;
const filled = (env: NodeJS.ProcessEnv) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

/**
 * Parser of the carrier's callbacks; undefined: it has none.
 * @throws ZodError
 */
export const callbacksFor = (env: NodeJS.ProcessEnv): Callbacks | undefined => callbacks[kindOf(env)];

/**
 * @returns undefined: letters to patients are written to files, too
 * @throws ZodError naming the invalid variables
 */
export function gatewayFor(env: NodeJS.ProcessEnv): Gateway | undefined {
  switch (kindOf(env)) {
    case 'file':
      return undefined;
    case 'aliyun': {
      const read = aliyunSchema.parse(filled(env));
      return aliyunGateway(accountOf(read));
    }
    case 'tencent': {
      const read = tencentSchema.parse(filled(env));
      return tencentGateway({
        ...accountOf(read),
        appId: read.CARELOOP_SMS_APP_ID,
        region: read.CARELOOP_SMS_REGION,
      });
    }
    case 'simulator': {
      const read = simulatorSchema.parse(filled(env));
      return simulatorGateway({ url: read.CARELOOP_SIMULATOR_URL, signName: read.CARELOOP_SMS_SIGN_NAME });
    }
  }
}

const accountOf = (read: z.output<typeof aliyunSchema>) => ({
  key: { id: read.CARELOOP_SMS_KEY_ID, secret: read.CARELOOP_SMS_KEY_SECRET },
  signName: read.CARELOOP_SMS_SIGN_NAME,
  templates: read.CARELOOP_SMS_TEMPLATES,
  endpoint: read.CARELOOP_SMS_ENDPOINT,
});
