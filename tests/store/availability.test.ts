import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { isUnavailable } from '../../store/db/availability.ts';

const { MongoServerError, MongoNetworkError, MongoNetworkTimeoutError } = mongoose.mongo;

describe('the database', () => {
  it.each([
    ['a full disk', new MongoServerError({ code: 14031, message: 'OutOfDiskSpace' })],
    ['a full disk under another code', new MongoServerError({ code: 8, message: 'write: No space left on device' })],
    [
      'a majority that does not confirm',
      new MongoServerError({ code: 64, message: 'waiting for replication timed out' }),
    ],
    ['too few members', new MongoServerError({ code: 100, message: 'Not enough data-bearing nodes' })],
    ['no answer in time', new MongoNetworkTimeoutError('connection timed out')],
    ['a server that gave up in time', new MongoServerError({ code: 50, message: 'operation exceeded time limit' })],
    ['a connection that was cut', new MongoNetworkError('connection closed')],
    [
      'a majority that is told beside the write',
      Object.assign(new MongoServerError({ message: 'written' }), { result: { writeConcernError: { code: 64 } } }),
    ],
  ])('is away with %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    ['a duplicate key', new MongoServerError({ code: 11000, message: 'E11000 duplicate key' })],
    ['a document that is too large', new MongoServerError({ code: 10334, message: 'BSONObjectTooLarge' })],
    ['an error of ours', new TypeError('no such function')],
  ])('is not away with %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
