/** Looks at an uploaded file before it is kept. Which program does it is a setting; without one nothing is scanned, and rows say so. */
import { spawn } from 'node:child_process';

/** `infected`: what the scanner calls it. */
export type ScanResult = { kind: 'clean' } | { kind: 'infected'; found: string };

export interface Scanner {
  /** @throws ScannerFailedError where it cannot tell */
  scan(path: string): Promise<ScanResult>;
}

export class ScannerFailedError extends Error {
  override readonly name = 'ScannerFailedError';
}

const withinMs = 60_000;
const mostOutput = 4000;

/**
 * A command with exit codes as `clamdscan` has them: 0 nothing found, 1 something found, anything else a failure.
 * @param command program and arguments; the path of the file is added. No shell reads it.
 */
export function commandScanner(command: readonly [string, ...string[]]): Scanner {
  const [program, ...given] = command;
  return {
    scan: (path) =>
      new Promise((resolve, reject) => {
        const child = spawn(program, [...given, path], { stdio: ['ignore', 'pipe', 'ignore'], timeout: withinMs });
        let output = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          output = (output + text).slice(0, mostOutput);
        });
        child.once('error', (error) => reject(new ScannerFailedError(`${program} does not start.`, { cause: error })));
        child.once('close', (code, signal) => {
          if (code === 0) resolve({ kind: 'clean' });
          else if (code === 1) resolve({ kind: 'infected', found: nameIn(output) });
          else reject(new ScannerFailedError(`${program} ended with ${signal ?? code}.`));
        });
      }),
  };
}

/** `upload: Eicar-Test-Signature FOUND` */
const nameIn = (output: string): string => /: (\S+) FOUND\b/.exec(output)?.[1] ?? 'unknown';
