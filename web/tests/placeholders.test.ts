import { describe, expect, it } from 'vitest';
import { placeholdersIn, placeholdersInOne } from '../src/studio/texts/placeholders.ts';

describe('a text to people', () => {
  it('names each value it takes once', () => {
    expect(placeholdersIn('案件 {caseNumber} 已结案，{caseNumber} 于 {day} 归档。')).toEqual(['caseNumber', 'day']);
  });

  it('takes nothing where braces hold no name', () => {
    expect(placeholdersIn('{} { } {a b} }{')).toEqual([]);
  });

  it('differs from its translation by the values that only one of them takes', () => {
    expect(placeholdersInOne('{caseNumber} {day}', 'Case {caseNumber} by {person}')).toEqual(['day', 'person']);
    expect(placeholdersInOne('{caseNumber}', '{caseNumber}')).toEqual([]);
  });
});
