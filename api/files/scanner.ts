/** Scans uploaded files with the configured program; without one files are not scanned and their rows say so. */
import { spawn } from 'node:child_process';

/** `infected`: the scanner's name for the finding. */
export type ScanResult = { kind: 'clean' } | { kind: 'infected'; found: string };

export interface Scanner {
  /** @throws ScannerFailedError when the scanner gives no verdict */
  scan(path: string): Promise<ScanResult>;
}

export class ScannerFailedError extends Error {
  override readonly name = 'ScannerFailedError';
}

const withinMs = 60_000;
const mostOutput = 4000;

/**
 * Exit codes as of `clamdscan`: 0 clean, 1 infected, anything else a failure.
 * @param command program and arguments, run without a shell; the path of the file is appended
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
        child.once('error', (error) =>
          reject(new ScannerFailedError(`${program} could not be started.`, { cause: error })),
        );
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
