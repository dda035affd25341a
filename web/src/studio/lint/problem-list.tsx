/** The problems of the files, the gravest first; a click leads to the element. */

import { useStudioWords } from '../studio-words.tsx';
import type { ShownProblem } from './lint.worker.ts';
import type { Checked } from './use-lint.ts';

export interface ProblemListProps extends Pick<Checked, 'problems' | 'checking'> {
  /** @returns whether the element is in the diagram */
  show(element: string): void;
}

export function ProblemList({ problems, checking, show }: ProblemListProps) {
  const { t } = useStudioWords();
  const summary = useProblemSummary(problems);
  return (
    <section className="problems" aria-label={t('studio.problems')} data-checked={checking ? undefined : ''}>
      <h2>
        {t('studio.problems')} <span className="soft problem-summary">{summary}</span>
      </h2>
      {problems?.length === 0 && <p className="soft none">{t('studio.noProblems')}</p>}
      <ul className="plain">
        {problems?.map((problem, index) => (
          // The same thing may be wrong twice at one element.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
          <li key={index}>
            <OneProblem problem={problem} show={show} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneProblem({ problem, show }: { problem: ShownProblem; show(element: string): void }) {
  const { t, language } = useStudioWords();
  const { element, elementName, severity, code, position } = problem;
  const { message, hint } = language === 'zh' ? problem.zh : problem;
  const place = elementName ?? element ?? (position && t('studio.line', { n: position.line }));
  const content = (
    <>
      <span className={`severity ${severity}`}>{t(`studio.severity.${severity}`)}</span>
      <span>
        {place && <span className="strong">{t('common.about', { what: place })}</span>}
        {message} {hint && <span className="soft">{hint}</span>}
        {language === 'zh' && message !== problem.message && <span className="soft detail">{problem.message}</span>}
      </span>
      <code className="soft">{code}</code>
    </>
  );
  if (element === undefined) return <div className="problem">{content}</div>;
  return (
    <button type="button" className="problem" onClick={() => show(element)}>
      {content}
    </button>
  );
}

/** How many there are of each severity. */
function useProblemSummary(problems: ShownProblem[] | undefined): string {
  const { t } = useStudioWords();
  if (!problems) return t('studio.checking');
  const count = (severity: ShownProblem['severity']) => problems.filter((one) => one.severity === severity).length;
  return t('studio.problemCount', { errors: count('error'), warnings: count('warning'), infos: count('info') });
}
