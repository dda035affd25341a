/** Password requirements (NIST SP 800-63B, 3.1.1.2): a minimum length and a blocklist, no composition rules. */
import type { FieldError } from './problem.ts';

export const shortestPassword = 12;
export const longestPassword = 200;
const fewestCharacters = 5;

/** Common leaked passwords of sufficient length, and obvious ones in this context. */
const common = new Set(
  `123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 012345678901 987654321098 098765432109
  111222333444 112233445566 123123123123 121212121212 123321123321 147258369147 1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv
  q1w2e3r4t5y6 qwertyuiop12 qwertyuiop123 qwertyuiopasdf qwertyuiop[] qwerty123456 qwerty1234567 qazwsxedcrfv
  asdfghjkl123 asdfghjkl;' zxcvbnm12345 zxcvbnm123456 abcdefghijkl abcdefghijklm abcd12345678 abc123456789 abcdef123456 a1b2c3d4e5f6
  password1234 password12345 password123456 passw0rd1234 p@ssw0rd1234 p@ssword1234 passwordpassword mypassword123 changeme1234
  iloveyou1234 iloveyou5201314 woaini1314520 woaini520131 5201314520131 wang123456789 zhang123456789 admin1234567 admin12345678
  administrator administrator1 administrator123 adminadmin12 rootrootroot letmein12345 welcome12345 welcome123456 test12345678 testtesttest
  hospital1234 hospital123456 careloop1234 careloop12345 careloop123456 careloopcareloop correcthorsebatterystaple`.split(
    /\s+/,
  ),
);

/** @returns the problem with the password, at this path */
export function passwordProblem(password: string, login: string, path: string): FieldError | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  const wrong = (code: string, message: string): FieldError => ({ path, code, message });
  if (text.length < shortestPassword) return wrong('too_short', `At least ${shortestPassword} characters.`);
  if (text.includes(login.toLowerCase())) return wrong('has_login', 'It must not contain the login.');
  if (common.has(text) || new Set(text).size < fewestCharacters || isSequence(text))
    return wrong('too_common', 'It is a common password: choose another one, for instance four words.');
  return undefined;
}

/** Ascending or descending sequences: `abcdefghijkl`, `210987654321`. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((one, index) => one.charCodeAt(0) - text.charCodeAt(index));
  const inSteps = (step: number) => steps.filter((one) => one === step).length >= text.length - 2;
  return inSteps(1) || inSteps(-1);
}
