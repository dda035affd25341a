import { expect, test } from 'vitest';
import { enclosingWait, visibleVariables } from '../../engine/core/enclosing-scopes.ts';
import type { InstanceState } from '../../engine/model/types.ts';

const stateWith = (waits: object): InstanceState => ({ waits }) as InstanceState;

test('a wait sees its own variables before those of the scopes around it', () => {
  const state = stateWith({
    1: { key: '1', kind: 'scope', variables: { a: 1, b: 1 } },
    2: { key: '2', kind: 'scope', scope: '1', variables: { b: 2, c: 2 } },
    3: { key: '3', kind: 'task', scope: '2', variables: { c: 3 } },
  });
  expect(visibleVariables(state, '3')).toEqual({ a: 1, b: 2, c: 3 });
  expect(visibleVariables(state, '9')).toEqual({});
});

test('an instance of a multi-instance sees its body before the scope around', () => {
  const state = stateWith({
    1: { key: '1', kind: 'scope', variables: { a: 1, item: 'outer' } },
    2: { key: '2', kind: 'multi', scope: '1', variables: { all: 3, item: 'of the body' } },
    3: { key: '3', kind: 'task', scope: '1', host: '2', variables: { own: 'x' } },
  });
  expect(visibleVariables(state, '3')).toEqual({ a: 1, all: 3, item: 'of the body', own: 'x' });
  expect(enclosingWait(state, state.waits['3']!)?.key).toBe('2');
});

test('a boundary event lies in the scope of what it is attached to', () => {
  const state = stateWith({
    1: { key: '1', kind: 'scope', variables: { a: 1 } },
    2: { key: '2', kind: 'task', scope: '1', variables: { secret: 1 } },
    3: { key: '3', kind: 'event', scope: '1', host: '2' },
  });
  expect(visibleVariables(state, '3')).toEqual({ a: 1 });
});
