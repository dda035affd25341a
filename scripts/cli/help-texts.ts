/** The longer texts of the command: help, the screen after a start, what to do about an error. */
import pc from 'picocolors';
import type { DatabaseKind } from '../servers/find.ts';
import { isFailure, messageOf } from './failure.ts';
import type { Login, RunRecord } from './run-state.ts';
import type { Screen } from './screen.ts';
import { portSettings } from './settings.ts';

export const help = `Careloop 闭环 · BPMN processes that people can see, on Temporal

  ./careloop start [--detach]   start everything; Ctrl-C (or ./careloop stop) ends it
  ./careloop status             what runs, and whether it is ready
  ./careloop logs [name]        the logs (temporal, mongodb, worker, api, simulator, careloop); --follow, --lines 100
  ./careloop stop               stop what start started
  ./careloop reset              remove all local data (.local/)
  ./careloop demo               play thirty complaints through the API, then forty patients through a year of follow-up;
                                --only complaints|year, --patients N, --speed N, --url URL
  ./careloop add-administrator ID NAME
                                add an administrator of the whole group, or let one in again: a token to set a password
  ./careloop deploy             deploy definitions/ by your command, what moves money too
  ./careloop lint FILE…         what a deployment would say of definitions; --json, --jobs TYPE,… (* for any)
  ./careloop bundle FILE        the definition with its forms, decisions, names and texts as one JSON for POST /api/definitions; --note TEXT
  ./careloop worker --generic   serve jobs whose services do not exist yet; --queue NAME, --types TYPE,…, --delay PT0.2S,
                                --result FILE.json (what to answer), --register (tell Careloop of it)
  ./careloop test               type check, lint and all tests
  ./careloop test FOLDER        the tests of your own diagrams in that folder; --watch to run them again at each change
  ./careloop help               this text

Ports, by flag or environment variable:
${portSettings.map(({ flag, variable, byDefault, use }) => `  --${flag.padEnd(17)} ${variable.padEnd(26)} ${String(byDefault).padEnd(6)} ${use}`).join('\n')}

Servers that run already: TEMPORAL_ADDRESS (and TEMPORAL_NAMESPACE), MONGODB_URI. Nothing local is started for those.
`;

export const databaseNames: Record<DatabaseKind, string> = {
  mongod: 'MongoDB (mongod)',
  'stand-in': 'MongoDB-compatible stand-in (secantusd-rs; for development only)',
};

/** The stable screen: where everything is and who can log in. */
export function finalScreen(screen: Screen, run: RunRecord, took: string): void {
  const { api, temporal, temporalUi, mongodb, simulator } = run.addresses;
  const row = (name: string, value: string, note = '') =>
    screen.line(`  ${pad(name, 14)} ${pc.cyan(value)}${note && pc.dim(`  ${note}`)}`);
  screen.line();
  screen.line(pc.bold(`Careloop 闭环 is ready · 已就绪（${took}）`));
  screen.line();
  row('Console', api, '控制台，用浏览器打开');
  row('API', `${api}/docs`, '接口文档');
  if (temporalUi) row('Temporal UI', temporalUi, '流程运行情况');
  row('Temporal', temporal);
  if (simulator) row('SMS', simulator, '短信模拟运营商：发给患者的短信都在这里');
  row('Database', mongodb, run.database ? databaseNames[run.database] : '');
  screen.line();
  loginTable(screen, run.logins);
  screen.line(pc.dim('  Ctrl-C or ./careloop stop ends it; the data stays in .local/ (./careloop reset removes it).'));
  screen.line();
}

/** One line per facility: there are many demo staff, and their names say their roles. */
function loginTable(screen: Screen, logins: Login[]): void {
  const passwords = new Set(logins.map((login) => login.password));
  if (logins.length === 0) {
    screen.line(
      '  没有演示账号：数据库不是由 ./careloop start 建立的。No demo logins: ./careloop start has not made this database.',
    );
    screen.line('  ./careloop add-administrator ID NAME 建立第一位管理员 adds the first administrator.');
    screen.line();
    return;
  }
  const shared = passwords.size === 1 ? `  密码 password ${pc.cyan([...passwords].join())}` : '';
  screen.line(`  演示账号 Demo logins${shared}`);
  const groups = groupedByFacility(logins);
  for (const [facility, members] of groups) {
    const names = members.map((login) => (shared ? login.username : `${login.username}/${login.password}`));
    wrapped(names, LOGIN_COLUMNS).forEach((line, index) => {
      screen.line(`    ${pad(index === 0 ? facilityWords(facility) : '', 10)} ${line}`);
    });
  }
  screen.line();
}

function groupedByFacility(logins: Login[]): Map<string, Login[]> {
  const groups = new Map<string, Login[]>();
  for (const login of logins) {
    const key = (login.facilities ?? []).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), login]);
  }
  return groups;
}

const LOGIN_COLUMNS = 100;

function facilityWords(facility: string): string {
  return facility === '*' ? '全部 all' : facility;
}

/** Words in lines of at most that many columns. */
function wrapped(words: string[], columns: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && width(`${last}  ${word}`) <= columns) lines[lines.length - 1] = `${last}  ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function alreadyRunning(screen: Screen, run: RunRecord | undefined, pid: number): void {
  screen.line(
    `Careloop is running already (process ${pid})${run?.ready ? `: ${run.addresses.api}` : ', and is not ready yet'}.`,
  );
  screen.line('./careloop status says more; ./careloop stop ends it.');
}

export function showError(screen: Screen, error: unknown): void {
  screen.line(pc.red(messageOf(error)));
  if (isFailure(error)) {
    if (error.advice) screen.line(error.advice);
  } else if (error instanceof Error && error.stack) {
    screen.line(pc.dim(error.stack));
  }
}

/** Columns on a terminal: Chinese characters take two. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += /[⺀-￯]/u.test(character) ? 2 : 1;
  return columns;
}

export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}
