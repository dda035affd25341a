/** `./careloop lint FILE…`: what a deployment would say of definitions, by element; exit code 1 when one of them would be refused. */
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import pc from 'picocolors';
import { lintDefinition } from '../../api/resources/definitions/lint-definition.ts';
import type { Problem } from '../../engine/model/plan.ts';
import { readRoles } from '../seed/organisation-files.ts';
import { failure } from './failure.ts';
import { readNamedDefinition } from './read-definition.ts';
import type { Screen } from './screen.ts';

export interface LintedFile {
  file: string;
  /** It would not be deployed. */
  refused: boolean;
  problems: Problem[];
}

export interface LintFlags {
  json: boolean;
  /** Job types that workers know besides those of this installation, with commas; `*` for any. */
  jobs: string | undefined;
}

export async function lintFiles(files: string[], flags: LintFlags, screen: Screen): Promise<number> {
  if (files.length === 0)
    throw failure('no-file', 'Which definitions? Name one or more files.', './careloop lint definitions/*/*.bpmn');
  const linted = await lintAll((await Promise.all(files.map(definitionsIn))).flat(), flags.jobs);
  if (flags.json) screen.line(JSON.stringify(linted, null, 2));
  else show(linted, screen);
  return linted.some(({ refused }) => refused) ? 1 : 0;
}

/** The file itself; of a folder, the definitions in it and in the folders within. Forms, names and decisions are read with the definition they lie beside. */
async function definitionsIn(path: string): Promise<string[]> {
  const about = await stat(path).catch(() => undefined);
  if (!about?.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  const definitions = names
    .filter((name) => name.endsWith('.bpmn') && !name.split(sep).includes('node_modules'))
    .sort();
  if (definitions.length === 0) throw failure('no-drawing', `There is no .bpmn file in the folder "${path}".`);
  return definitions.map((name) => join(path, name));
}

/** Messages are looked for in all the files: what one waits for another may send. */
export async function lintAll(files: string[], jobs?: string): Promise<LintedFile[]> {
  const about = {
    jobs: (jobs ?? '').split(',').flatMap((type) => type.trim() || []),
    roles: Object.fromEntries(
      (await readRoles()).map(({ id, name, englishName }) => [id, { zh: name, en: englishName }]),
    ),
  };
  const definitions = await Promise.all(files.map(readNamedDefinition));
  const first = await Promise.all(definitions.map((definition) => lintDefinition(definition, about)));
  const sentMessages = first.flatMap(({ sends }) => sends);
  const thrownSignals = first.flatMap((one) => one.throws);
  return Promise.all(
    definitions.map(async (definition, index) => {
      const alone = first[index];
      const { plans, problems } =
        alone && sentMessages.length === alone.sends.length && thrownSignals.length === alone.throws.length
          ? alone
          : await lintDefinition(definition, { ...about, sentMessages, thrownSignals });
      return { file: files[index] ?? '', refused: plans.length === 0, problems };
    }),
  );
}

const signs: Record<Problem['severity'], string> = {
  error: pc.red('✗ error  '),
  warning: pc.yellow('! warning'),
  info: pc.dim('· info   '),
};

function show(files: LintedFile[], screen: Screen): void {
  for (const { file, refused, problems } of files) {
    const verdict = refused ? pc.red('would be refused') : pc.green('can be deployed');
    screen.line(`${pc.bold(file)}  ${verdict}`);
    for (const problem of problems) {
      screen.line(`  ${signs[problem.severity]} ${at(problem)}${problem.message} ${pc.dim(problem.code)}`);
      if (problem.hint) screen.line(pc.dim(`            ${problem.hint}`));
    }
  }
  screen.line(sum(files));
}

function at({ element, elementName, position }: Problem): string {
  const name = elementName && elementName !== element ? ` ${elementName}` : '';
  const place = position ? ` ${position.line}:${position.column}` : '';
  return element || place ? `${pc.cyan(`${element ?? ''}${place}`.trim())}${name}: ` : '';
}

function sum(files: LintedFile[]): string {
  const all = files.flatMap(({ problems }) => problems);
  const count = (severity: Problem['severity']) => all.filter((problem) => problem.severity === severity).length;
  const plural = (many: number, what: string) => `${many} ${what}${many === 1 ? '' : 's'}`;
  return `${plural(files.length, 'file')}: ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${count('info')} info`;
}
