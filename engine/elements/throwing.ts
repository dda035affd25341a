/** Throwing events: intermediate ones continue, end events end their token (BPMN 2.0.2, 10.5.4, 10.5.3, 13.5.2 and 13.5.6). */

import { cancelInside } from '../core/cancel.ts';
import { endInstance } from '../core/end-instance.ts';
import { type Failure, fail, type Outcome } from '../core/failure.ts';
import { advance } from '../core/lifecycle.ts';
import { scopeEmptied } from '../core/live-tokens.ts';
import { applyOutputs } from '../core/mappings.ts';
import { complete } from '../core/moves.ts';
import { addCommand, elementOf, getScope, setTokens } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { enqueueToken, lookupAt, nameOf } from '../core/token.ts';
import type { Lookup } from '../core/variables.ts';
import { evaluateText, messageOf } from '../events/arm.ts';
import { compensate, compensateDetached } from '../events/compensation.ts';
import { emitSignal, excludeKeysFromSignal } from '../events/signals.ts';
import { escalate, raise } from '../events/throw.ts';
import type { ExpressionPart } from '../model/incidents.ts';
import type { ElementOf, EventDefinition, EventType, Expression } from '../model/plan.ts';
import { startJob } from './job.ts';
import { thrownVariables } from './thrown-variables.ts';
import { cancelTransaction, notInTransaction, transactionOf } from './transaction.ts';

export type Throwing = ElementOf<'intermediateThrowEvent' | 'endEvent'>;

/** Events that end their own scope, or make the token wait, are thrown last. */
export function throwAll(token: Token<Throwing>, run: Run): Failure | undefined {
  const { element } = token;
  if (element.job) return startJob(token, run, element.job);
  if (element.events.length === 0) {
    complete(run, token);
    return undefined;
  }
  const effects: Effect[] = [];
  for (const event of element.events) {
    const effect = prepare(token, run, event);
    if (typeof effect !== 'function') return effect;
    if (event.type in lasting) effects.push(effect);
    else effects.unshift(effect);
  }
  if (element.events.some(({ type }) => type in skipping)) {
    const failure = applyOutputs(run, token, undefined);
    if (failure) return failure;
  }
  if (token.phase === 'activating') advance(run, token, 'active');
  for (const effect of effects) {
    run.throwingToken = token;
    const goesOn = effect();
    run.throwingToken = undefined;
    if (!goesOn || isCancelled(token)) return undefined;
  }
  if (element.events.some((event) => event.type === 'signal')) run.thrown.push(token);
  else complete(run, token);
  return undefined;
}

const lasting: Partial<Record<EventType, true>> = {
  error: true,
  terminate: true,
  cancel: true,
  compensate: true,
  link: true,
};

/** They leave without `complete`; their outputs are applied before. */
const skipping: Partial<Record<EventType, true>> = { terminate: true, link: true };

/**
 * The thrower of a signal continues after all other tokens of the step have settled: a parallel branch about to wait
 * receives the signal, elements after the throw do not (BPMN 2.0.2, 10.5.1: a signal is for those waiting when it is
 * thrown).
 * @returns whether a token continued
 */
export function resumeSignalThrowers(run: Run): boolean {
  const token = run.thrown.shift();
  if (!token) return false;
  if (isCancelled(token)) return true;
  closeEchoGuard(run);
  run.lastResumed = { thrower: token.key, from: String(run.nextKey) };
  complete(run, token);
  return true;
}

/** Tokens that resulted from the thrower do not receive its signal. */
export function closeEchoGuard(run: Run): void {
  const { lastResumed } = run;
  if (lastResumed) excludeKeysFromSignal(run, lastResumed.thrower, lastResumed.from, String(run.nextKey));
  run.lastResumed = undefined;
}
/**
 * Throws the event.
 * @returns whether the token continues
 */
type Effect = () => boolean;

function isCancelled(token: Token): boolean {
  return token.phase === 'cancelled';
}

/** Evaluates what is thrown first, so that a failure has no side effects. */
function prepare(token: Token<Throwing>, run: Run, event: EventDefinition): Failure | Effect {
  const { element, key } = token;
  const lookup = lookupAt(run, token);
  switch (event.type) {
    case 'message': {
      const message = messageOf(run, event, lookup);
      if (!message.ok) return message;
      const variables = thrownVariables(token);
      if (!variables.ok) return variables;
      return () => {
        const payload = { ...message.value, variables: variables.value };
        addCommand(run, { do: 'publish-message', key, element: element.id, ...payload });
        return true;
      };
    }
    case 'signal': {
      const name = evaluateText(run, 'signal-name', event.name, lookup);
      if (!name.ok) return name;
      const variables = thrownVariables(token);
      if (!variables.ok) return variables;
      return () => {
        emitSignal(run, { element: element.id, key, name: name.value, variables: variables.value });
        return true;
      };
    }
    case 'escalation': {
      const code = codeOf(run, 'escalation-code', event.code, lookup);
      if (!code.ok) return code;
      const variables = thrownVariables(token);
      if (!variables.ok) return variables;
      return () => {
        escalate(run, token.scope, { code: code.value, mappable: variables.value }, { element: element.id, key });
        return true;
      };
    }
    case 'error': {
      const code = codeOf(run, 'error-code', event.code, lookup);
      return code.ok ? () => throwError(token, run, code.value) : code;
    }
    case 'compensate':
      return () => throwCompensation(token, run, event);
    case 'cancel': {
      const transaction = transactionOf(run, token.scope);
      return transaction
        ? () => {
            cancelTransaction(token, run, transaction);
            return false;
          }
        : notInTransaction();
    }
    case 'link':
      return linkTo(token, run, event.name);
    case 'terminate':
      return () => terminate(token, run);
    case 'timer':
    case 'conditional':
      return fail('unsupported', { reason: 'event-not-thrown', event: event.type });
  }
}

function codeOf(run: Run, part: ExpressionPart, code: Expression | undefined, lookup: Lookup): Outcome<string> {
  return code === undefined ? { ok: true, value: '' } : evaluateText(run, part, code, lookup);
}

/** Compensation: the token waits for the handlers, unless the definition says otherwise (BPMN 2.0.2, 10.5.5 and 10.7.2). */
function throwCompensation(token: Token, run: Run, event: Extract<EventDefinition, { type: 'compensate' }>): boolean {
  if (event.waitForCompletion) return !compensate(token, run, event.activity, token.scope);
  compensateDetached(token, run, event.activity, token.scope);
  return true;
}

/** Link: the token continues at the catching link of the same name in the same scope (BPMN 2.0.2, 10.5.5 link). */
function linkTo(token: Token<Throwing>, run: Run, name: string): Failure | Effect {
  const target = Object.values(run.plan.elements).find(
    (element) =>
      element.kind === 'intermediateCatchEvent' &&
      element.parent === token.element.parent &&
      element.events.some((event) => event.type === 'link' && event.name === name),
  );
  if (!target) return fail('unsupported', { reason: 'link-target-missing', name });
  return () => {
    finish(token, run);
    enqueueToken(run, target.id, token.scope);
    return false;
  };
}

/** Error end event: the error is propagated to its catching event; uncaught it ends the instance (BPMN 2.0.2, 10.5.3 and 13.5.6). */
function throwError(token: Token, run: Run, code: string): boolean {
  finish(token, run);
  run.throwingToken = undefined;
  const message = nameOf(token.element);
  if (
    !raise(run, token.scope, {
      type: 'error',
      code,
      message,
      ...(token.variables && { mappable: token.variables }),
    })
  )
    endInstance(run, 'failed', { error: { code, message } });
  return false;
}

/** Terminate end event: everything else in its scope is cancelled, which completes the scope (BPMN 2.0.2, 13.5.6). */
function terminate(token: Token, run: Run): boolean {
  finish(token, run);
  run.throwingToken = undefined;
  if (elementOf(run, getScope(run, token.scope).element).kind === 'process') {
    endInstance(run, 'terminated');
    return false;
  }
  cancelInside(run, token.scope);
  setTokens(run, token.scope, 0);
  scopeEmptied(run, token.scope);
  return false;
}

function finish(token: Token, run: Run): void {
  advance(run, token, 'completing');
  advance(run, token, 'completed');
}
