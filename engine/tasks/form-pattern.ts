/** The `pattern` of a form's field: a regular expression of JavaScript, as form-js runs it, in a time that grows with the text and no faster. */
import { newBudget } from '../feel/budget.ts';
import { isLimit } from '../feel/failure.ts';
import { isTooCostly, patternOf } from '../feel/pattern.ts';

/** What `\\s` stands for in JavaScript (ECMA-262, WhiteSpace and LineTerminator); RE2 knows those of ASCII only. */
const spaces = '\\t-\\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
/** What `.` does not match. */
const lines = '\\n\\r\u2028\u2029';

/** The same pattern in RE2's words. */
function inRe2({ source }: RegExp): string {
  let inClass = false;
  return source.replace(/\\u([0-9a-fA-F]{4})|\\[\s\S]|[[\].]/g, (found, code?: string) => {
    if (code !== undefined) return `\\x{${code}}`;
    if (found === '[') inClass = true;
    else if (found === ']') inClass = false;
    else if (found === '.' && !inClass) return `[^${lines}]`;
    else if (found === '\\s') return inClass ? spaces : `[${spaces}]`;
    else if (found === '\\S' && !inClass) return `[^${spaces}]`;
    return found;
  });
}

/** @throws SyntaxError */
const native = (pattern: string): RegExp => new RegExp(pattern, 'g');

/** A pattern that is none, or would take too long over this text, lets nothing through: an unchecked value would hide it. */
export function matchesPattern(pattern: string, value: string): boolean {
  try {
    const expression = native(pattern);
    newBudget();
    return patternOf(expression, inRe2(expression)).test(value);
  } catch (failure) {
    if (failure instanceof SyntaxError || isLimit(failure)) return false;
    throw failure;
  }
}

/** @returns why the pattern cannot be used, for deployment */
export function faultOfPattern(pattern: string): 'none' | 'too-costly' | undefined {
  try {
    const expression = native(pattern);
    return isTooCostly(expression, inRe2(expression)) ? 'too-costly' : undefined;
  } catch {
    return 'none';
  }
}
