import { expect, test } from 'vitest';
import { readConfig as readApiConfig } from '../../api/config.ts';
import { plainHostsOf } from '../../store/db/connection-safety.ts';
import { connectionOptions, databaseUri, temporalSettings } from '../../temporal/connection-settings.ts';
import { readConfig } from '../../worker/config.ts';
import { testKeyVariables } from '../support/keys.ts';

test('Temporal on this machine needs no settings', () => {
  expect(temporalSettings({})).toEqual({ address: '127.0.0.1:7233', namespace: 'default' });
  expect(temporalSettings({ TEMPORAL_ADDRESS: '', TEMPORAL_NAMESPACE: 'clinic' })).toMatchObject({
    namespace: 'clinic',
  });
});

test('TLS, client certificates and an API key come by the variables of Temporal’s own tools', () => {
  const settings = temporalSettings({
    TEMPORAL_ADDRESS: 'temporal.example:7233',
    TEMPORAL_TLS: 'true',
    TEMPORAL_TLS_CLIENT_CERT_DATA: 'certificate',
    TEMPORAL_TLS_CLIENT_KEY_DATA: 'key',
    TEMPORAL_TLS_SERVER_NAME: 'frontend',
    TEMPORAL_GRPC_META_TENANT: 'hospital',
  });
  expect(connectionOptions(settings)).toMatchObject({
    address: 'temporal.example:7233',
    tls: {
      serverNameOverride: 'frontend',
      clientCertPair: { crt: Buffer.from('certificate'), key: Buffer.from('key') },
    },
    metadata: { tenant: 'hospital' },
  });
  const withKey = temporalSettings({ TEMPORAL_ADDRESS: 'cloud.example:7233', TEMPORAL_API_KEY: 'secret' });
  expect(withKey).toMatchObject({ tls: true, apiKey: 'secret' });
});

test('a connection to another machine is refused without TLS, unless a setting allows it', () => {
  const TEMPORAL_ADDRESS = 'temporal.example:7233';
  expect(() => temporalSettings({ TEMPORAL_ADDRESS })).toThrow('TEMPORAL_TLS=true');
  expect(() => temporalSettings({ TEMPORAL_ADDRESS, TEMPORAL_TLS: 'false' })).toThrow('CARELOOP_PLAIN_CONNECTIONS=1');
  expect(temporalSettings({ TEMPORAL_ADDRESS, CARELOOP_PLAIN_CONNECTIONS: '1' }).tls).toBeUndefined();
  for (const address of ['localhost:7233', '127.0.0.2:7233', '[::1]:7233'])
    expect(temporalSettings({ TEMPORAL_ADDRESS: address }).address).toBe(address);
});

test('a database elsewhere needs TLS in its connection string', () => {
  expect(plainHostsOf('mongodb://user:p%40ss@a:27017,b/careloop?replicaSet=rs')).toEqual(['a', 'b']);
  expect(plainHostsOf('mongodb://a/careloop?tls=true')).toEqual([]);
  expect(plainHostsOf('mongodb+srv://cluster.example/careloop')).toEqual([]);
  expect(plainHostsOf('mongodb+srv://cluster.example/careloop?tls=false')).toEqual(['cluster.example']);
  expect(() => plainHostsOf('postgres://a/careloop')).toThrow('MONGODB_URI');
  expect(() => databaseUri({ MONGODB_URI: 'mongodb://127.0.0.1,db.example/careloop' })).toThrow('db.example');
  expect(databaseUri({})).toContain('mongodb://127.0.0.1:27017/careloop');
});

test('all that is wrong with the settings of a program is reported at once', () => {
  const env = { TEMPORAL_ADDRESS: 'a:1', MONGODB_URI: 'mongodb://b/c', CARELOOP_LOG_LEVEL: 'loud' };
  for (const read of [readConfig, readApiConfig]) {
    const message = String(
      (() => {
        try {
          return read(env);
        } catch (error) {
          return error;
        }
      })(),
    );
    for (const name of [
      'TEMPORAL_ADDRESS',
      'MONGODB_URI',
      'CARELOOP_LOG_LEVEL',
      'CARELOOP_ACTING_KEYS',
      'CARELOOP_JOB_KEYS',
    ])
      expect(message).toContain(name);
  }
  expect(readConfig({ ...testKeyVariables, CARELOOP_TASK_QUEUE: '' }).temporal.taskQueue).toBe('careloop');
});
