/** Throwing events: intermediate ones go on afterwards, an end event ends its token (BPMN 2.0.2, 10.5.4, 10.5.3, 13.5.2 and 13.5.6). */
import { cancelInside } from '../cancel.ts';
import { messageOf, text } from '../events/arm.ts';
import { throwError } from '../events/throw.ts';
import { type Failure, fail } from '../failure.ts';
import { endInstance } from '../instance.ts';
import { advance, type Token } from '../lifecycle.ts';
import { complete, type ElementBehaviour, lookupAt, nameOf } from '../moves.ts';
import type { ElementOf, EventDefinition } from '../plan.ts';
import { command, elementOf, getScope, type Run, setTokens } from '../run.ts';
import { startJob } from './job.ts';
import { scopeEmptied } from './scope.ts';

type Throwing = ElementOf<'intermediateThrowEvent' | 'endEvent'>;

export const intermediateThrowEvent: ElementBehaviour<ElementOf<'intermediateThrowEvent'>> = { enter: throwAll };
export const endEvent: ElementBehaviour<ElementOf<'endEvent'>> = { enter: throwAll };

function throwAll(token: Token<Throwing>, run: Run): Failure | undefined {
  const { element } = token;
  if (element.job) return startJob(token, run, element.job);
  const effects: (() => boolean)[] = [];
  for (const event of element.events) {
    const effect = prepare(token, run, event);
    if (typeof effect !== 'function') return effect;
    effects.push(effect);
  }
  // A terminate or error end event ends its own scope: nothing is left to complete.
  for (const effect of effects) if (!effect()) return undefined;
  complete(run, token);
  return undefined;
}

/** Works out what is thrown; the function throws it and says whether the token still goes on. */
function prepare(token: Token<Throwing>, run: Run, event: EventDefinition): Failure | (() => boolean) {
  const { element, key } = token;
  const lookup = lookupAt(run, token);
  switch (event.type) {
    case 'message': {
      const message = messageOf(run, event, lookup);
      if (!message.ok) return message;
      const variables = token.variables ?? {};
      return () => {
        command(run, { do: 'publish-message', key, element: element.id, ...message.value, variables });
        return true;
      };
    }
    case 'signal': {
      const name = text(run, '信号名', event.name, lookup);
      if (!name.ok) return name;
      const variables = token.variables ?? {};
      return () => {
        command(run, { do: 'broadcast-signal', key, element: element.id, name: name.value, variables });
        return true;
      };
    }
    case 'error': {
      if (event.code === undefined) return () => raise(token, run, '');
      const code = text(run, '错误代码', event.code, lookup);
      return code.ok ? () => raise(token, run, code.value) : code;
    }
    case 'terminate':
      return () => terminate(token, run);
    default:
      return fail('unsupported', `“${nameOf(element)}”的 ${event.type} 事件不能执行。`);
  }
}

/** Error end event: the error goes to whoever catches it; uncaught it ends the instance (BPMN 2.0.2, 10.5.3 and 13.5.6). */
function raise(token: Token, run: Run, code: string): boolean {
  finish(token, run);
  const message = nameOf(token.element);
  if (
    !throwError(run, token.scope, {
      type: 'error',
      code,
      message,
      ...(token.variables && { variables: token.variables }),
    })
  )
    endInstance(run, 'failed', { error: { code, message } });
  return false;
}

/** Terminate end event: everything else in its scope is cancelled, which completes the scope (BPMN 2.0.2, 13.5.6). */
function terminate(token: Token, run: Run): boolean {
  finish(token, run);
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
  advance(run, token, 'active');
  advance(run, token, 'completing');
  advance(run, token, 'completed');
}
