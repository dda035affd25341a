/** Writes docs/rules: a page for each lint rule of ours, with a diagram that breaks it and one that does not, and the list of all rules. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { lint } from '../../engine/lint/index.ts';
import { ourRules } from '../../engine/lint/plugin.ts';
import { recommended } from '../../engine/lint/recommended.ts';
import type { LintRule } from '../../engine/lint/rule.ts';
import { exampleFile, type RuleExample, ruleExamples } from './examples.ts';

const folder = new URL('../../docs/rules/', import.meta.url);
const sources = new URL('../../engine/lint/rules/', import.meta.url);

/** The text at the top of the rule's file: what it finds, and the source of the rule. */
function aboutOf(code: string): string {
  const source = readFileSync(new URL(`${code}.ts`, sources), 'utf8');
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '';
  return comment.replaceAll(/\s*\n?\s*\*? +/g, ' ').trim();
}

const xml = (text: string, roots?: string): string =>
  `\`\`\`xml\n${roots === undefined ? '' : `${roots}\n`}${text}\n\`\`\``;

async function findings(code: string, { incorrect, roots, options }: RuleExample): Promise<string[]> {
  const { problems } = await lint(exampleFile(incorrect, roots), options);
  return problems
    .filter((problem) => problem.code === code)
    .map(({ element, message, hint }) => `- \`${element}\`: ${message}${hint === undefined ? '' : ` ${hint}`}`);
}

/** Of rules about texts: those that the diagrams send. */
function textsOf({ options }: RuleExample): string {
  const texts = options?.messageTemplates;
  return texts
    ? `\nThe examples send these texts (\`messages.json\`):\n\n\`\`\`json\n${JSON.stringify(texts, null, 2)}\n\`\`\`\n`
    : '';
}

async function rulePage(rule: LintRule): Promise<string> {
  const example = ruleExamples[rule.code];
  if (!example) throw new Error(`tools/lint-rules/examples.ts has no example of ${rule.code}.`);
  return `# ${rule.code}

${aboutOf(rule.code)}

Severity: ${rule.severity}. What to do: ${rule.hint}
${textsOf(example)}
## Incorrect
${xml(example.incorrect, example.roots)}

What is reported:

${(await findings(rule.code, example)).join('\n')}

## Correct
${xml(example.correct, example.roots)}
`;
}

function listPage(): string {
  const own = ourRules.map(({ code, severity, hint }) => `| [${code}](${code}.md) | ${severity} | ${hint} |`);
  const others = Object.entries(recommended).map(
    ([name, { severity, hint }]) =>
      `| [${name}](https://github.com/bpmn-io/bpmnlint/blob/main/docs/rules/${name}.md) | ${severity} | ${hint} |`,
  );
  const head = '| rule | severity | what to do |\n|---|---|---|';
  return `# Lint rules

Rules about diagrams that can be executed and are doubtful all the same. \`./careloop lint FILE\` reports them, and so does a deployment; none of them refuses a diagram. What the standard forbids, or what cannot be executed, is refused by the compiler ([constraints](../constraints.md)).

This page and those of the rules are made by \`npx tsx tools/lint-rules/pages.ts\`; tests keep them up to date and check each example.

## Rules of Careloop
${head}
${own.join('\n')}

## Recommended rules of bpmnlint
Reported with words of ours, unless the compiler says the same already.

${head}
${others.join('\n')}
`;
}

/** The pages by file name. */
export async function rulePages(): Promise<Map<string, string>> {
  const pages = new Map([['README.md', listPage()]]);
  for (const rule of ourRules) pages.set(`${rule.code}.md`, await rulePage(rule));
  return pages;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const pages = await rulePages();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of pages) writeFileSync(new URL(name, folder), text);
}
