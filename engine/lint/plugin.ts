/** Our rules as a plugin of bpmnlint, and the resolver that finds them and the recommended ones in memory, without files. */
import type { LintConfig, Resolver, RuleFactory } from 'bpmnlint';
import { recommended } from './recommended.ts';
import { asPlugin, type LintRule, type Scene } from './rule.ts';
import { advertisingWord } from './rules/advertising-word.ts';
import { boundaryNeverFires } from './rules/boundary-never-fires.ts';
import { conditionNeverHolds } from './rules/condition-never-holds.ts';
import { conditionsGap } from './rules/conditions-gap.ts';
import { conditionsOverlap } from './rules/conditions-overlap.ts';
import { contradictingTimers } from './rules/contradicting-timers.ts';
import { dataNotWaitedFor } from './rules/data-not-waited-for.ts';
import { endlessLoop } from './rules/endless-loop.ts';
import { expressionFails } from './rules/expression-fails.ts';
import { joinDeadlock } from './rules/join-deadlock.ts';
import { joinMultiplies } from './rules/join-multiplies.ts';
import { messageNeverSent } from './rules/message-never-sent.ts';
import { messageSegments } from './rules/message-segments.ts';
import { messageVariableUntyped } from './rules/message-variable-untyped.ts';
import { missingDefault } from './rules/missing-default.ts';
import { missingForm } from './rules/missing-form.ts';
import { optOutMissing } from './rules/opt-out-missing.ts';
import { personalDataInMessage } from './rules/personal-data-in-message.ts';
import { signalNeverThrown } from './rules/signal-never-thrown.ts';
import { unreachable } from './rules/unreachable.ts';
import { variableNeverWritten } from './rules/variable-never-written.ts';

/** In the order of reporting. */
export const ourRules: readonly LintRule[] = [
  unreachable,
  joinDeadlock,
  joinMultiplies,
  missingDefault,
  conditionsGap,
  conditionsOverlap,
  conditionNeverHolds,
  boundaryNeverFires,
  contradictingTimers,
  endlessLoop,
  expressionFails,
  variableNeverWritten,
  dataNotWaitedFor,
  optOutMissing,
  advertisingWord,
  personalDataInMessage,
  messageVariableUntyped,
  messageSegments,
  missingForm,
  messageNeverSent,
  signalNeverThrown,
];

const pluginName = 'bpmnlint-plugin-careloop';

const factories = new Map<string, RuleFactory>([
  ...Object.entries(recommended).map(([name, { factory }]) => [`bpmnlint/${name}`, factory] as const),
  ...ourRules.map((rule) => [`${pluginName}/${rule.code}`, asPlugin(rule)] as const),
]);

export const resolver: Resolver = {
  resolveRule(pkg, name) {
    const factory = factories.get(`${pkg}/${name}`);
    if (!factory) throw new Error(`There is no rule "${name}".`);
    return factory;
  },
  resolveConfig(_pkg, name) {
    throw new Error(`There is no configuration "${name}": rules are named one by one.`);
  },
};

/** Every rule by name; ours get the scene they look at. Categories are ours to set, by the table and the rule. */
export function configOf(scene: Scene): LintConfig {
  return {
    rules: {
      ...Object.fromEntries(Object.keys(recommended).map((name) => [name, 'warn' as const])),
      ...Object.fromEntries(ourRules.map(({ code }) => [`careloop/${code}`, ['warn', scene] as ['warn', Scene]])),
    },
  };
}
