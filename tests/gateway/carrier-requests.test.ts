/** Requests to the carriers, compared with those of their own clients. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as dysms from '@alicloud/dysmsapi20170525';
import * as openApi from '@alicloud/openapi-core';
import { sms } from 'tencentcloud-sdk-nodejs-sms';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aliyunGateway } from '../../gateway/adapters/aliyun/aliyun.ts';
import { signedHeaders as signedForAliyun } from '../../gateway/adapters/aliyun/sign.ts';
import { signedHeaders as signedForTencent } from '../../gateway/adapters/tencent/sign.ts';
import { tencentGateway } from '../../gateway/adapters/tencent/tencent.ts';
import type { Gateway, Parcel } from '../../gateway/port.ts';

interface Seen {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let endpoint: string;
let seen: Seen[];
let answer: { status: number; body: unknown };

beforeEach(async () => {
  seen = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ url: new URL(request.url ?? '', 'http://carrier'), headers: request.headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));

const key = { id: 'AKID-test', secret: 'a secret for tests' };
const templates = { 'complaint-registered': { code: 'SMS_1', variables: ['caseNumber', 'answerBy'] } };
const account = { key, signName: "医院(北京)*!'", templates };
const never = new AbortController().signal;
const parcel: Parcel = {
  id: 'complaint/BJ2026110001#7#patient',
  mark: '0123456789abcdef0123456789abcdef',
  facility: 'BJ',
  to: 'patient',
  address: '13800138000',
  lane: 'service',
  channel: 'sms',
  template: 'complaint-registered',
  subject: 's',
  body: 'b',
  data: { caseNumber: 'BJ2026110001', answerBy: "12月3日 (周四) *~'" },
  createdAt: '2026-11-30T08:00:00.000Z',
  zone: 'Asia/Shanghai',
};
const handed = { ...parcel, handedAt: '2026-11-30T17:00:00.000Z' };
const header = ({ headers }: Seen, name: string): string => String(headers[name]);
const send = async (gateway: Gateway, about: Partial<Parcel> = {}) => gateway.send([{ ...parcel, ...about }], never)[0];

describe('Aliyun', () => {
  const gateway = () => aliyunGateway({ ...account, endpoint });

  test('a request says the same as one of its own client, and is signed as that signs it', async () => {
    answer = { status: 200, body: { Code: 'OK', BizId: 'B1' } };
    expect(await send(gateway())).toEqual({ kind: 'accepted', providerId: 'B1' });
    const config = new openApi.$OpenApiUtil.Config({
      accessKeyId: key.id,
      accessKeySecret: key.secret,
      endpoint: endpoint.slice('http://'.length),
      protocol: 'http',
    });
    const Client = clientOf(dysms);
    await new Client(config).sendSms(
      new dysms.SendSmsRequest({
        phoneNumbers: '13800138000',
        signName: account.signName,
        templateCode: 'SMS_1',
        templateParam: JSON.stringify({ caseNumber: 'BJ2026110001', answerBy: "12月3日 (周四) *~'" }),
        outId: parcel.mark,
      }),
    );
    const [ours, theirs] = seen;
    if (!ours || !theirs) throw new Error('Two requests were sent.');
    expect(Object.fromEntries(ours.url.searchParams)).toEqual(Object.fromEntries(theirs.url.searchParams));
    for (const name of ['x-acs-action', 'x-acs-version', 'x-acs-content-sha256'])
      expect(header(ours, name)).toBe(header(theirs, name));
    const headers = Object.fromEntries(
      Object.entries(ours.headers).filter(([name]) => name === 'host' || name.startsWith('x-acs-')),
    );
    const authorization = openApi.OpenApiUtil.getAuthorization(
      {
        method: 'POST',
        pathname: '/',
        query: Object.fromEntries(ours.url.searchParams),
        headers,
      } as never,
      'ACS3-HMAC-SHA256',
      header(ours, 'x-acs-content-sha256'),
      key.id,
      key.secret,
    );
    expect(header(ours, 'authorization')).toBe(authorization);
  });

  test('the same request is signed the same, another nonce otherwise', () => {
    const request = {
      host: 'dysmsapi.aliyuncs.com',
      action: 'SendSms',
      version: '2017-05-25',
      query: { A: 'b' },
      date: '2026-11-30T07:15:29Z',
      nonce: '1',
    };
    expect(signedForAliyun(request, key)).toEqual(signedForAliyun(request, key));
    expect(signedForAliyun({ ...request, nonce: '2' }, key)['authorization']).not.toBe(
      signedForAliyun(request, key)['authorization'],
    );
  });

  test.each([
    ['isv.MOBILE_NUMBER_ILLEGAL', 200, { kind: 'rejected', retry: 'never' }],
    ['isv.BUSINESS_LIMIT_CONTROL', 200, { kind: 'rejected', retry: { afterMs: 3_600_000 } }],
    ['isv.OUT_OF_SERVICE', 200, { kind: 'rejected', retry: 'pause-lane' }],
    ['isv.DAY_LIMIT_CONTROL', 200, { kind: 'rejected', retry: 'pause-lane' }],
    ['Throttling.User', 400, { kind: 'rejected', retry: { afterMs: 60_000 } }],
    ['PhoneNumberInBlacklist', 200, { kind: 'rejected', retry: 'never', personRefuses: true }],
    ['a code that is new', 200, { kind: 'rejected', retry: { afterMs: 600_000 } }],
    ['InternalError', 500, { kind: 'unknown' }],
  ])('the answer %s (HTTP %i)', async (Code, status, outcome) => {
    answer = { status, body: { Code, Message: 'said so' } };
    expect(await send(gateway())).toMatchObject(outcome);
  });

  test('a letter is asked for by its number, the day of the carrier, and its mark', async () => {
    const details = (...all: object[]) => ({ Code: 'OK', SmsSendDetailDTOs: { SmsSendDetailDTO: all } });
    answer = { status: 200, body: details({ OutId: 'another', SendStatus: 3 }) };
    expect(await gateway().query(handed, never)).toEqual({ kind: 'missing' });
    expect(seen[0]?.url.searchParams.get('SendDate')).toBe('20261201');
    answer = { status: 200, body: details({ OutId: parcel.mark, SendStatus: 3 }) };
    expect(await gateway().query(handed, never)).toMatchObject({ kind: 'delivered' });
    answer = { status: 200, body: details({ OutId: parcel.mark, SendStatus: 2, ErrCode: 'MK:0001' }) };
    expect(await gateway().query(handed, never)).toMatchObject({ kind: 'failed', code: 'MK:0001' });
    answer = { status: 400, body: { Code: 'Throttling.User' } };
    expect(await gateway().query(handed, never)).toMatchObject({ kind: 'unknown' });
  });

  test('a letter without a template of the carrier, or without a value, is not sent', async () => {
    expect(await send(gateway(), { template: 'none' })).toMatchObject({ code: 'template-unknown', retry: 'never' });
    expect(await send(gateway(), { data: {} })).toMatchObject({ code: 'value-missing', retry: 'never' });
    expect(seen).toEqual([]);
  });
});

describe('Tencent Cloud', () => {
  const gateway = () => tencentGateway({ ...account, appId: '1400', region: 'ap-guangzhou', endpoint });
  const sent = (Code: string) => ({ Response: { SendStatusSet: [{ Code, Message: 'said so', SerialNo: 'S1' }] } });

  test('a request says the same as one of its own client, and is signed as that signs it', async () => {
    answer = { status: 200, body: sent('Ok') };
    expect(await send(gateway())).toEqual({ kind: 'accepted', providerId: 'S1' });
    const client = new sms.v20210111.Client({
      credential: { secretId: key.id, secretKey: key.secret },
      region: 'ap-guangzhou',
      profile: { httpProfile: { protocol: 'http://', endpoint: endpoint.slice('http://'.length) } },
    });
    await client.SendSms({
      PhoneNumberSet: ['+8613800138000'],
      SmsSdkAppId: '1400',
      SignName: account.signName,
      TemplateId: 'SMS_1',
      TemplateParamSet: ['BJ2026110001', "12月3日 (周四) *~'"],
      SessionContext: parcel.mark,
    });
    const [ours, theirs] = seen;
    if (!ours || !theirs) throw new Error('Two requests were sent.');
    expect(JSON.parse(ours.body)).toEqual(JSON.parse(theirs.body));
    for (const name of ['x-tc-action', 'x-tc-version', 'x-tc-region'])
      expect(header(ours, name)).toBe(header(theirs, name));
    const again = signedForTencent(
      {
        // Its client signs the host without its port, and takes the service from the first part of the host.
        host: '127.0.0.1',
        service: '127',
        action: 'SendSms',
        version: '2021-01-11',
        region: 'ap-guangzhou',
        body: theirs.body,
        timestamp: Number(header(theirs, 'x-tc-timestamp')),
      },
      key,
    );
    expect(again['authorization']).toBe(header(theirs, 'authorization'));
  });

  test.each([
    ['LimitExceeded.DeliveryFrequencyLimit', { kind: 'rejected', retry: { afterMs: 60_000 } }],
    ['FailedOperation.InsufficientBalanceInSmsPackage', { kind: 'rejected', retry: 'pause-lane' }],
    ['FailedOperation.ContainSensitiveWord', { kind: 'rejected', retry: 'never' }],
    ['FailedOperation.PhoneNumberInBlacklist', { kind: 'rejected', retry: 'never', personRefuses: true }],
    ['InternalError.Timeout', { kind: 'unknown' }],
  ])('the answer %s', async (code, outcome) => {
    answer = { status: 200, body: sent(code) };
    expect(await send(gateway())).toMatchObject(outcome);
  });

  test('a letter is queried by number and mark; without marks of the carrier its state is unknown', async () => {
    const pulled = (...all: object[]) => ({ Response: { PullSmsSendStatusSet: all } });
    answer = { status: 200, body: pulled() };
    expect(await gateway().query(handed, never)).toEqual({ kind: 'missing' });
    answer = { status: 200, body: pulled({ SerialNo: 'S9', ReportStatus: 'SUCCESS' }) };
    expect(await gateway().query(handed, never)).toMatchObject({ kind: 'unknown' });
    answer = {
      status: 200,
      body: pulled({ SerialNo: 'S1', ReportStatus: 'SUCCESS', SessionContext: parcel.mark }),
    };
    expect(await gateway().query(handed, never)).toEqual({ kind: 'delivered', providerId: 'S1' });
  });
});

test('a carrier that is away has not got the letter; one that breaks off may have', async () => {
  const gateway = aliyunGateway({ ...account, endpoint });
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage) => request.socket.destroy());
  expect(await send(gateway)).toMatchObject({ kind: 'unknown' });
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
  expect(await send(gateway)).toMatchObject({ kind: 'unreached' });
});

/** As CommonJS and bundlers hand over its default export. */
function clientOf(module: { default: unknown }): typeof dysms.default.default {
  const found = module.default as { default?: typeof dysms.default.default };
  return found.default ?? (module.default as typeof dysms.default.default);
}
