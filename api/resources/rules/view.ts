/** View of rule sets. */
import { listFacilities } from '../../../store/organisation/facilities.ts';
import { listRoles } from '../../../store/organisation/roles.ts';
import { listRuleNames } from '../../../store/organisation/rule-names.ts';
import { findRules, listRuleSets, type RuleSet } from '../../../store/organisation/rule-sets.ts';
import { entriesOf, kindOf } from './entries.ts';
import { ruleReaders } from './readers.ts';

export async function ruleSetViews() {
  const [all, facilities] = await Promise.all([listRuleSets(), listFacilities()]);
  const keys = [...new Set(all.map(({ key }) => key))];
  return Promise.all(
    keys.map(async (key) => {
      const versions = all.filter((one) => one.key === key);
      const [newest] = versions;
      const region = newest?.region ?? '';
      const inForce = await findInForce(region);
      return {
        key,
        name: newest?.name ?? key,
        region,
        facilities: facilities.filter((one) => one.region === region).map(({ _id }) => _id),
        versions: versions.map((one) => versionView(one, inForce)),
      };
    }),
  );
}

const findInForce = (region: string): Promise<RuleSet | null> => findRules(region, new Date().toISOString());

function versionView(ruleSet: RuleSet, inForce: RuleSet | null) {
  const { key, version, validFrom, validTo, note, publishedBy, publishedAt } = ruleSet;
  return {
    version,
    validFrom,
    ...(validTo !== undefined && { validTo }),
    inForce: inForce?.key === key && inForce.version === version,
    ...(note !== undefined && { note }),
    ...(publishedBy !== undefined && { publishedBy }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
}

export async function ruleVersionView(ruleSet: RuleSet) {
  const [readers, names, allRoles, inForce] = await Promise.all([
    ruleReaders(),
    listRuleNames(),
    listRoles(),
    findInForce(ruleSet.region),
  ]);
  const roles = new Set(allRoles.map(({ _id }) => _id));
  const namesOf = (path: string) => {
    const found = names.find(({ _id }) => _id === path);
    return found && { name: found.name, englishName: found.englishName };
  };
  const rules = entriesOf(ruleSet.rules).map(([path, value]) => ({
    path,
    ...namesOf(path),
    kind: kindOf(path, value, roles),
    value,
    readBy: readers.filter((one) => one.reads(path)).map(({ process }) => process),
  }));
  const groupOf = (path: string) => path.split('.')[0] ?? path;
  const groups = [...new Set(rules.map(({ path }) => groupOf(path)))];
  return {
    key: ruleSet.key,
    name: ruleSet.name,
    region: ruleSet.region,
    ...versionView(ruleSet, inForce),
    groups: groups.map((path) => ({
      path,
      ...namesOf(path),
      rules: rules.filter((one) => groupOf(one.path) === path),
    })),
  };
}
