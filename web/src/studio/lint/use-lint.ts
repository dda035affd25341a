/** Problems of the current files, checked by the worker shortly after each change. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LintContext } from '../../../../engine/lint/lint-definition.ts';
import type { Plan } from '../../../../engine/model/plan.ts';
import { lintContextQuery } from '../../api/studio-queries.ts';
import type { Files } from '../files.ts';
import type { LintAnswer, LintQuestion, ShownProblem } from './lint.worker.ts';

const pauseMs = 400;

export interface Checked {
  /** Undefined until the first answer. */
  problems: ShownProblem[] | undefined;
  /** Whether they belong to files that have changed since. */
  checking: boolean;
  /** What would run; undefined when something is an error. */
  compiled: Compiled | undefined;
}

export interface Compiled {
  plan: Plan;
  /** form-js schemas by form id. */
  forms: Record<string, unknown>;
  /** Names of what a job type answers. */
  jobOutputs(type: string): readonly string[];
}

export function useLint(processKey: string, files: Files): Checked {
  const context = useQuery(lintContextQuery(processKey));
  const worker = useRef<Worker>(null);
  const asked = useRef(0);
  const [answer, setAnswer] = useState<LintAnswer>();
  const [checking, setChecking] = useState(true);

  useEffect(() => {
    const made = new Worker(new URL('./lint.worker.ts', import.meta.url), { type: 'module' });
    worker.current = made;
    made.addEventListener('message', ({ data }: MessageEvent<LintAnswer>) => {
      if (data.number !== asked.current) return;
      setAnswer(data);
      setChecking(false);
    });
    return () => made.terminate();
  }, []);

  useEffect(() => {
    if (!context.data) return;
    asked.current += 1;
    setChecking(true);
    // The description of the API leaves open what a job's schema holds.
    const question: LintQuestion = { number: asked.current, files, context: context.data as LintContext };
    const timer = setTimeout(() => worker.current?.postMessage(question), pauseMs);
    return () => clearTimeout(timer);
  }, [files, context.data]);

  const compiled = useMemo(() => {
    const plan = answer?.plans.find(({ key }) => key === processKey) ?? answer?.plans[0];
    if (!plan) return undefined;
    const { jobSignatures, workers } = (context.data ?? {}) as LintContext;
    const jobOutputs = (type: string) =>
      Object.keys(jobSignatures?.[type]?.output.properties ?? {}).concat(workers?.[type]?.outputs ?? []);
    return { plan, forms: answer?.schemas[plan.key] ?? {}, jobOutputs };
  }, [answer, context.data, processKey]);
  return { problems: answer?.problems, checking, compiled };
}
