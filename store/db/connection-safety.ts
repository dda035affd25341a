/** Hosts of a connection string without TLS (https://www.mongodb.com/docs/manual/reference/connection-string-options/). */

/** @returns host names without ports; empty when TLS is on */
export function plainHostsOf(uri: string): string[] {
  const [, scheme, hosts = '', query = ''] =
    /^(mongodb(?:\+srv)?):\/\/(?:[^@/]*@)?([^/?]*)[^?]*(?:\?(.*))?$/.exec(uri) ?? [];
  if (scheme === undefined) throw new Error('MONGODB_URI is not a connection string: mongodb://HOST:PORT/DATABASE.');
  const options = new URLSearchParams(query);
  const tls = options.get('tls') ?? options.get('ssl');
  // Hosts found by DNS (SRV) use TLS unless the string says otherwise.
  const isPlain = tls === null ? scheme === 'mongodb' : tls !== 'true';
  return isPlain ? hosts.split(',').map((host) => host.replace(/:\d+$/, '')) : [];
}
