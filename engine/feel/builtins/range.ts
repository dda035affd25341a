/** How points and ranges lie to each other (DMN 1.5, 10.3.4.7 and table 78). */
import { compare } from '../operators.ts';
import { type FeelValue, type FunctionValue, RangeValue } from '../values.ts';
import { define } from './define.ts';

type Truth = boolean | undefined;

/** A point is the range that holds nothing else. */
const asRange = (value: FeelValue): RangeValue =>
  value instanceof RangeValue ? value : new RangeValue(value, value, true, true);

/** Order of two ends, an open side being beyond everything; undefined where they have none. */
function order(a: FeelValue, b: FeelValue, missingA: number, missingB: number): number | undefined {
  if (a === null || b === null)
    return a === null && b === null ? missingA - missingB || 0 : a === null ? missingA : -missingB;
  return compare(a, b) ?? undefined;
}

const starts = (a: RangeValue, b: RangeValue) => order(a.start, b.start, -1, -1);
const ends = (a: RangeValue, b: RangeValue) => order(a.end, b.end, 1, 1);
/** Where `a` ends against where `b` starts. */
const gap = (a: RangeValue, b: RangeValue) => order(a.end, b.start, 1, -1);

/** Two orders must be known, else there is no answer. */
const known = (orders: (number | undefined)[], test: (...orders: number[]) => boolean): Truth =>
  orders.includes(undefined) ? undefined : test(...(orders as number[]));

const before = (a: RangeValue, b: RangeValue): Truth =>
  known([gap(a, b)], (n) => n! < 0 || (n === 0 && !(a.endIncluded && b.startIncluded)));

const meets = (a: RangeValue, b: RangeValue): Truth =>
  known([gap(a, b)], (n) => n === 0 && a.endIncluded && b.startIncluded);

const overlaps = (a: RangeValue, b: RangeValue): Truth => {
  const [first, second] = [before(a, b), before(b, a)];
  return first === undefined || second === undefined ? undefined : !first && !second;
};

const overlapsBefore = (a: RangeValue, b: RangeValue): Truth =>
  known(
    [starts(a, b), gap(a, b), ends(a, b)],
    (start, joint, end) =>
      (start! < 0 || (start === 0 && a.startIncluded && !b.startIncluded)) &&
      (joint! > 0 || (joint === 0 && a.endIncluded && b.startIncluded)) &&
      (end! < 0 || (end === 0 && (!a.endIncluded || b.endIncluded))),
  );

const overlapsAfter = (a: RangeValue, b: RangeValue): Truth =>
  known(
    [gap(b, a), starts(b, a), ends(b, a)],
    (joint, start, end) =>
      (joint! > 0 || (joint === 0 && b.endIncluded && a.startIncluded)) &&
      (start! < 0 || (start === 0 && b.startIncluded && !a.startIncluded)) &&
      (end! < 0 || (end === 0 && (!b.endIncluded || a.endIncluded))),
  );

const finishes = (a: RangeValue, b: RangeValue): Truth =>
  known(
    [ends(a, b), starts(b, a)],
    (end, start) =>
      end === 0 &&
      a.endIncluded === b.endIncluded &&
      (start! < 0 || (start === 0 && (b.startIncluded || !a.startIncluded))),
  );

const startsWithin = (a: RangeValue, b: RangeValue): Truth =>
  known(
    [starts(a, b), ends(a, b)],
    (start, end) =>
      start === 0 &&
      a.startIncluded === b.startIncluded &&
      (end! < 0 || (end === 0 && (!a.endIncluded || b.endIncluded))),
  );

const includes = (a: RangeValue, b: RangeValue): Truth =>
  known(
    [starts(a, b), ends(a, b)],
    (start, end) =>
      (start! < 0 || (start === 0 && (a.startIncluded || !b.startIncluded))) &&
      (end! > 0 || (end === 0 && (a.endIncluded || !b.endIncluded))),
  );

const coincides = (a: RangeValue, b: RangeValue): Truth =>
  known(
    [starts(a, b), ends(a, b)],
    (start, end) => start === 0 && end === 0 && a.startIncluded === b.startIncluded && a.endIncluded === b.endIncluded,
  );

type Relation = (a: RangeValue, b: RangeValue) => Truth;
const flip =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a);
const over = (relation: Relation) => () => (a: FeelValue, b: FeelValue) => relation(asRange(a), asRange(b));

const twoRanges = (name: string, relation: Relation): FunctionValue =>
  define(name, ['range1: range, range2: range', over(relation)]);

/** Points and ranges in any combination. */
const anyTwo = (name: string, relation: Relation): FunctionValue =>
  define(
    name,
    ['point1: point, point2: point', over(relation)],
    ['point: point, range: range', over(relation)],
    ['range: range, point: point', over(relation)],
    ['range1: range, range2: range', over(relation)],
  );

const pointThenRange = (name: string, relation: Relation): FunctionValue =>
  define(name, ['point: point, range: range', over(relation)], ['range1: range, range2: range', over(relation)]);

const rangeThenPoint = (name: string, relation: Relation): FunctionValue =>
  define(name, ['range: range, point: point', over(relation)], ['range1: range, range2: range', over(relation)]);

export const range: Record<string, FunctionValue> = {
  before: anyTwo('before', before),
  after: anyTwo('after', flip(before)),
  meets: twoRanges('meets', meets),
  'met by': twoRanges('met by', flip(meets)),
  overlaps: twoRanges('overlaps', overlaps),
  'overlaps before': twoRanges('overlaps before', overlapsBefore),
  'overlaps after': twoRanges('overlaps after', overlapsAfter),
  finishes: pointThenRange('finishes', finishes),
  'finished by': rangeThenPoint('finished by', flip(finishes)),
  includes: rangeThenPoint('includes', includes),
  during: pointThenRange('during', flip(includes)),
  starts: pointThenRange('starts', startsWithin),
  'started by': rangeThenPoint('started by', flip(startsWithin)),
  coincides: define(
    'coincides',
    ['point1: point, point2: point', over(coincides)],
    ['range1: range, range2: range', over(coincides)],
  ),
};
