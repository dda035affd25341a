/** The part of a rule set that a process gets. */
import { describe, expect, it } from 'vitest';
import { mergedRules, namesRule, rulesAt } from '../../engine/model/rule-parts.ts';

const rules = { limits: { closure: 'P7D', contact: 'P3D' }, refund: { gmAboveCents: 5_000_000 }, hours: [9, 18] };

describe('the rules at paths', () => {
  it('keep their paths, without their siblings', () => {
    expect(rulesAt(rules, ['limits.closure', 'refund'])).toEqual({
      limits: { closure: 'P7D' },
      refund: { gmAboveCents: 5_000_000 },
    });
  });

  it('keep two of one table', () => {
    expect(rulesAt(rules, ['limits.closure', 'limits.contact'])).toEqual({ limits: rules.limits });
  });

  it('are none where nothing is named or the rule set has nothing', () => {
    expect(rulesAt(rules, [])).toEqual({});
    expect(rulesAt(rules, ['limits.other.inner', 'hours.first', 'leave'])).toEqual({});
  });

  it('are named by their path or one around it', () => {
    expect(namesRule(['limits'], 'limits.closure')).toBe(true);
    expect(namesRule(['limits.closure'], 'limits.closure')).toBe(true);
    expect(namesRule(['limits.closure'], 'limits')).toBe(false);
    expect(namesRule(['limit'], 'limits')).toBe(false);
  });
});

describe('two parts', () => {
  it('make one, in which the second counts', () => {
    expect(mergedRules(rulesAt(rules, ['limits']), { limits: { closure: 'P9D' }, refund: {} })).toEqual({
      limits: { closure: 'P9D', contact: 'P3D' },
      refund: {},
    });
  });
});
