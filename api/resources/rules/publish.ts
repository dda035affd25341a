/**
 * Publishes the next version of a rule set: its changes against the version in force on its first day, the affected
 * processes, and whether payments are affected.
 */
import { canonicalJson } from '../../../engine/model/canonical-json.ts';
import type { Json } from '../../../engine/model/plan.ts';
import { listRoles } from '../../../store/organisation/roles.ts';
import { findRules, listRuleSets, type RuleSet, saveRules } from '../../../store/organisation/rule-sets.ts';
import { noteDetails } from '../../http/audit.ts';
import { type FieldError, invalid, notFound, ProblemError } from '../../http/problem.ts';
import type { MoneyTouch } from '../../http/second-person.ts';
import { touching } from '../proposals/money.ts';
import { entriesOf, kindOf, withEntries, wrongEntry } from './entries.ts';
import { type RuleReader, ruleReaders } from './readers.ts';
import type { PublishBody } from './schemas.ts';

interface Change {
  path: string;
  before?: unknown;
  after: unknown;
}

interface Prepared {
  next: RuleSet;
  changes: Change[];
  /** An existing version with a later first day, which then replaces it. */
  replacedFrom?: string;
}

/** @throws ProblemError 404, 409 when the base version is no longer the newest, 422 with each invalid value */
async function prepare(key: string, body: PublishBody): Promise<Prepared> {
  const all = await listRuleSets();
  const base = all.find((one) => one.key === key);
  if (!base) throw notFound(`rule set ${key}`);
  if (base.version !== body.base) throw changedMeanwhile(base);
  const { validFrom, validTo, note } = body;
  await requireGood(base, body);
  const rules = withEntries(base.rules, new Map(Object.entries(body.rules)));
  const next: RuleSet = {
    key,
    name: base.name,
    region: base.region,
    validFrom,
    ...(validTo !== undefined && { validTo }),
    version: base.version + 1,
    rules,
    ...(note !== undefined && { note }),
  };
  const later = all
    .filter((one) => one.region === base.region && one.validFrom > validFrom)
    .map((one) => one.validFrom);
  const replacedFrom = later.sort()[0];
  const changes = changesOf((await findRules(base.region, validFrom))?.rules ?? {}, rules);
  return { next, changes, ...(replacedFrom !== undefined && { replacedFrom }) };
}

async function requireGood(base: RuleSet, { rules, validFrom, validTo }: PublishBody): Promise<void> {
  const known = new Map(entriesOf(base.rules));
  const roles = new Set((await listRoles()).map(({ _id }) => _id));
  const wrong = Object.entries(rules).flatMap(([path, value]): FieldError[] => {
    if (!known.has(path))
      return [{ path: `body.rules.${path}`, code: 'unknown_rule', message: 'No rule of this set.' }];
    const problem = wrongEntry(path, value, kindOf(path, known.get(path), roles), roles);
    return problem ? [problem] : [];
  });
  if (validTo !== undefined && validTo < validFrom)
    wrong.push({ path: 'body.validTo', code: 'before_from', message: 'Not before "validFrom".' });
  if (wrong.length > 0) throw invalid(wrong, 422);
}

function changesOf(before: RuleSet['rules'], after: RuleSet['rules']): Change[] {
  const old = new Map(entriesOf(before));
  return entriesOf(after).flatMap(([path, value]): Change[] => {
    const is = old.get(path);
    if (is !== undefined && canonicalJson(is as Json) === canonicalJson(value as Json)) return [];
    return [{ path, ...(is !== undefined && { before: is }), after: value }];
  });
}

/** Amounts, and all rules of processes that move money: approvers, time limits. */
function moneyTouched(key: string, changes: Change[], readers: RuleReader[]): string[] {
  return changes
    .filter(({ path }) => path.endsWith('Cents') || readers.some((one) => one.movesMoney && one.reads(path)))
    .map(({ path }) => `${key}/${path}`);
}

/** For the second person. */
export async function publishingTouches(key: string, body: PublishBody): Promise<MoneyTouch | undefined> {
  if (body.dryRun) return undefined;
  const { changes } = await prepare(key, body);
  return touching(moneyTouched(key, changes, await ruleReaders()), null);
}

export async function publishRules(key: string, body: PublishBody, by: string): Promise<unknown> {
  const { next, changes, replacedFrom } = await prepare(key, body);
  const readers = await ruleReaders();
  noteDetails({ version: next.version, validFrom: next.validFrom, changed: changes.map(({ path }) => path) });
  if (!body.dryRun && !(await saveRules({ ...next, publishedBy: by, publishedAt: new Date().toISOString() })))
    throw changedMeanwhile(next);
  const { version, validFrom, validTo } = next;
  return {
    ruleSet: { key, version, validFrom, ...(validTo !== undefined && { validTo }) },
    changes,
    newCases: readers.flatMap(({ process, version: definition, reads }) => {
      const paths = changes.map(({ path }) => path).filter(reads);
      return paths.length > 0 ? [{ process, version: definition, paths }] : [];
    }),
    money: moneyTouched(key, changes, readers),
    ...(replacedFrom !== undefined && { replacedFrom }),
  };
}

function changedMeanwhile({ key, version }: RuleSet): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'changed-meanwhile',
    detail: `The newest version of the rule set ${key} is ${version}.`,
    hint: 'Reload it, and base the change on it.',
  });
}
