/** Request signing for Tencent Cloud: TC3-HMAC-SHA256. */
import { createHash, createHmac } from 'node:crypto';

export interface TencentKey {
  id: string;
  secret: string;
}

export interface TencentRequest {
  host: string;
  service: string;
  action: string;
  version: string;
  region: string;
  /** JSON. */
  body: string;
  /** Seconds since the epoch. */
  timestamp: number;
}

const algorithm = 'TC3-HMAC-SHA256';
const contentType = 'application/json';

/** @returns the headers of a POST with this body */
export function signedHeaders(request: TencentRequest, key: TencentKey): Record<string, string> {
  const { host, service, action, version, region, body, timestamp } = request;
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const names = 'content-type;host';
  const canonical = ['POST', '/', '', `content-type:${contentType}`, `host:${host}`, '', names, sha256(body)].join(
    '\n',
  );
  const toSign = [algorithm, timestamp, scope, sha256(canonical)].join('\n');
  const signingKey = [date, service, 'tc3_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part).digest(),
    `TC3${key.secret}`,
  );
  const signature = hmac(signingKey, toSign).digest('hex');
  return {
    'content-type': contentType,
    host,
    'x-tc-action': action,
    'x-tc-version': version,
    'x-tc-region': region,
    'x-tc-timestamp': String(timestamp),
    authorization: `${algorithm} Credential=${key.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text);
