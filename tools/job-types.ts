/** `npm run job-types`: writes what is derived of the job types: the table in activities/jobs/catalogue.ts, and docs/job-types.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeJobs } from '../activities/jobs/index.ts';
import { jobTypesPage } from './job-types-page.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const jobs = describeJobs();
const catalogue = file('../activities/jobs/catalogue.ts');
const [head] = readFileSync(catalogue, 'utf8').split(/^export const jobCatalogue/m);
writeFileSync(
  catalogue,
  `${head}export const jobCatalogue: Readonly<Record<string, BuiltInJob>> = ${JSON.stringify(jobs)};\n`,
);
execFileSync('npx', ['biome', 'format', '--write', catalogue], { stdio: 'inherit' });
writeFileSync(file('../docs/job-types.md'), jobTypesPage(jobs));
