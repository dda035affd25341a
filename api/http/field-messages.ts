/** What is wrong with a field, in words for people. zod's own are for those who wrote the schema: "expected string, received undefined". */
import type { z } from 'zod';

type Raw = z.core.$ZodRawIssue;

/** Words for what the schemas give no words of their own for; `undefined` leaves zod its own. */
export function fieldMessage(issue: Raw): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `It is missing; ${typeName(issue.expected)} is needed.`;
      return `It must be ${typeName(issue.expected)}.`;
    case 'invalid_value': {
      const values = issue.values.map((one) => JSON.stringify(one));
      const allowed = values.length === 1 ? `It must be ${values[0]}` : `It is one of ${values.join(', ')}`;
      return issue.input === undefined ? `It is missing. ${allowed}.` : `${allowed}.`;
    }
    case 'too_small':
      if (issue.inclusive === false) return `It must be more than ${issue.minimum}.`;
      return `It must ${bound(issue.origin, 'at least', issue.minimum)}.`;
    case 'too_big':
      if (issue.inclusive === false) return `It must be less than ${issue.maximum}.`;
      return `It must ${bound(issue.origin, 'at most', issue.maximum)}.`;
    case 'invalid_key': {
      const why = issue.issues.map((one) => one.message).join(' ');
      return `This name cannot be used here${why && `: ${why}`}`;
    }
    default:
      return undefined;
  }
}

function bound(origin: string, limit: 'at least' | 'at most', count: number | bigint): string {
  const unit = UNITS[origin];
  return unit ? `have ${limit} ${count} ${unit}${count === 1 ? '' : 's'}` : `be ${limit} ${count}`;
}

const UNITS: Record<string, string> = { string: 'character', array: 'item', set: 'item', map: 'item', object: 'field' };

const typeName = (type: string): string => TYPES[type] ?? type;

const TYPES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
