/** Medians, ratios, the CPU time of other processes, and how a table of them is printed. */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Ticks per second of /proc: 100 on every Linux a person meets. */
const ticksPerSecond = 100;

/** CPU time of a process so far, all threads; Linux only. */
export const cpuMsOf = (pid: number): number => cpuMsIn(`/proc/${pid}/stat`);

function cpuMsIn(file: string): number {
  const stat = readFileSync(file, 'utf8');
  // The name in parentheses may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

export const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

export const rounded = (value: number, digits = 1): string =>
  value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: digits });

export const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)}×`;

/** A Markdown table. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `--name=value` of the command line. */
export function textOption(name: string): string | undefined {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return given?.slice(name.length + 3);
}

export function option(name: string, otherwise: number): number {
  return Number(textOption(name) ?? otherwise);
}
