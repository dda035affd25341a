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
  ./careloop logs [name]        the logs (temporal, mongodb, worker, api, careloop); --follow, --lines 100
  ./careloop stop               stop what start started
  ./careloop reset              remove all local data (.local/)
  ./careloop demo               play thirty complaints through the API; --speed N, --url URL
  ./careloop test               type check, lint and all tests
  ./careloop help               this text

Ports, by flag or environment variable:
${portSettings.map(({ flag, variable, byDefault, use }) => `  --${flag.padEnd(17)} ${variable.padEnd(26)} ${String(byDefault).padEnd(6)} ${use}`).join('\n')}

Servers that run already: TEMPORAL_ADDRESS (and TEMPORAL_NAMESPACE), MONGODB_URI. Nothing local is started for those.
`;

const databaseNames: Record<DatabaseKind, string> = {
  mongod: 'MongoDB (mongod)',
  'stand-in': 'MongoDB-compatible stand-in (secantusd-rs; for development only)',
};

/** The stable screen: where everything is and who can log in. */
export function finalScreen(
  screen: Screen,
  run: RunRecord,
  facts: { took: string; database: DatabaseKind | undefined },
): void {
  const { api, temporal, temporalUi, mongodb } = run.addresses;
  const row = (name: string, value: string, note = '') =>
    screen.line(`  ${pad(name, 14)} ${pc.cyan(value)}${note && pc.dim(`  ${note}`)}`);
  screen.line();
  screen.line(pc.bold(`Careloop 闭环 is ready · 已就绪（${facts.took}）`));
  screen.line();
  row('API', api, `接口文档 ${api}/docs`);
  if (temporalUi) row('Temporal UI', temporalUi, '流程运行情况');
  row('Temporal', temporal);
  row('Database', mongodb, facts.database ? databaseNames[facts.database] : '');
  screen.line();
  loginTable(screen, run.logins);
  screen.line(pc.dim('  Ctrl-C or ./careloop stop ends it; the data stays in .local/ (./careloop reset removes it).'));
  screen.line();
}

function loginTable(screen: Screen, logins: Login[]): void {
  if (logins.length === 0) return;
  screen.line(`  Demo logins · 演示账号`);
  const rows = logins.map((login) => [
    login.username,
    login.password,
    (login.facilities ?? []).join(' '),
    [login.name, (login.roles ?? []).join(' ')].filter(Boolean).join(' · '),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => width(cells[column] ?? ''))));
  for (const cells of rows)
    screen.line(`    ${cells.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')}`);
  screen.line();
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
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += /[⺀-￯]/u.test(character) ? 2 : 1;
  return columns;
}

export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}
