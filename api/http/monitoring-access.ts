/** Access to metrics and details of readiness: requests from this machine, or with the monitoring token. */
import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { isLoopback } from '../../temporal/connection-settings.ts';
import { sha256 } from './digest.ts';

const forwarding = /^(forwarded|via|x-real-ip|x-forwarded-.+)$/;

/** From this machine to a loopback address, without proxy headers, and with a loopback Host (no DNS rebinding). */
export function isFromThisMachine(request: Request): boolean {
  const { remoteAddress = '' } = request.socket;
  return (
    isLoopback(remoteAddress.replace(/^::ffff:/, '')) &&
    isLoopback(hostNameOf(request.get('Host'))) &&
    !Object.keys(request.headers).some((name) => forwarding.test(name))
  );
}

function hostNameOf(host = ''): string {
  const address = `http://${host}`;
  return URL.canParse(address) ? new URL(address).hostname : '';
}

/** Runs before the rate limits, from which monitoring is exempt. */
export function recogniseMonitor(token: string | undefined): RequestHandler {
  return (request, _response, next) => {
    request.careloop.isMonitor = isFromThisMachine(request) || (token !== undefined && bringsToken(request, token));
    next();
  };
}

function bringsToken(request: Request, token: string): boolean {
  const sent = /^Bearer (.+)$/i.exec(request.get('Authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(Buffer.from(sha256(sent)), Buffer.from(sha256(token)));
}
