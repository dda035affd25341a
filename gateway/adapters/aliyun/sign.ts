/** Request signing for Aliyun: ACS3-HMAC-SHA256, parameters in the query (RPC style). */
import { createHash, createHmac } from 'node:crypto';

export interface AliyunKey {
  id: string;
  secret: string;
}

export interface AliyunRequest {
  host: string;
  action: string;
  version: string;
  query: Record<string, string>;
  /** ISO 8601 without milliseconds: `2026-11-30T07:15:29Z`. */
  date: string;
  /** Nonce of the request. */
  nonce: string;
}

/** @returns the headers of a POST without a body */
export function signedHeaders(request: AliyunRequest, key: AliyunKey): Record<string, string> {
  const headers: Record<string, string> = {
    host: request.host,
    'x-acs-action': request.action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': request.date,
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    '/',
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-acs-content-sha256'],
  ].join('\n');
  const signature = createHmac('sha256', key.secret)
    .update(`${algorithm}\n${sha256(canonical)}`)
    .digest('hex');
  return {
    ...headers,
    authorization: `${algorithm} Credential=${key.id},SignedHeaders=${names.join(';')},Signature=${signature}`,
  };
}

const algorithm = 'ACS3-HMAC-SHA256';

/** Sorted by name; encoded by RFC 3986, which escapes more characters than encodeURIComponent. */
export const canonicalQuery = (query: Record<string, string>): string =>
  Object.keys(query)
    .sort()
    .map((name) => `${encode(name)}=${encode(query[name] ?? '')}`)
    .join('&');

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
