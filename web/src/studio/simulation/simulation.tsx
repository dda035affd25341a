/** A simulation step by step: the diagram with its tokens, what waits, time that is moved on, and what has happened. */
import { useQuery } from '@tanstack/react-query';
import { Button, Select, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { simulationContextQuery } from '../../api/studio-queries.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { instantInWords } from '../../parts/time.ts';
import { usePerson } from '../../person.ts';
import type { Compiled } from '../lint/use-lint.ts';
import { useStudioWords } from '../studio-words.tsx';
import { flowsOfLastStep, marksOf } from './marks.ts';
import { SimulationDiagram } from './simulation-diagram.tsx';
import { SimulationJournal } from './simulation-journal.tsx';
import { advanceTo, happen, nextTimer, type SimulatedRun, type Surroundings } from './simulator.ts';
import { StartAct } from './start-act.tsx';
import { WaitingList } from './waiting-list.tsx';
import '../../bpmn/diagram.css';
import './simulation.css';

export interface SimulationProps {
  xml: string;
  compiled: Compiled;
  close(): void;
}

export function Simulation({ xml, compiled, close }: SimulationProps) {
  const { t } = useStudioWords();
  const { facilities } = usePerson();
  const [facility, setFacility] = useState(facilities[0]?.code ?? '');
  const context = useQuery(simulationContextQuery(facility));
  const { plan, jobOutputs } = compiled;
  const surroundings = useMemo(
    () => context.data && { plan, jobOutputs, facility, ...context.data },
    [plan, jobOutputs, facility, context.data],
  ) as Surroundings | undefined;
  return (
    <div className="simulation">
      <div className="simulation-head">
        <strong>{t('studio.simulation')}</strong>
        <Select
          aria-label={t('start.facility')}
          value={facility}
          onChange={setFacility}
          options={facilities.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <div className="spring" />
        <Button onClick={close}>{t('studio.simulation.close')}</Button>
      </div>
      {context.error && <ErrorNotice error={context.error} retry={() => void context.refetch()} />}
      {surroundings ? (
        <Running key={facility} xml={xml} compiled={compiled} surroundings={surroundings} />
      ) : (
        !context.error && <Skeleton active />
      )}
    </div>
  );
}

const noMarks = { active: [], incidents: [], done: [] };
const noFlows: string[] = [];

function Running({
  xml,
  compiled,
  surroundings,
}: Pick<SimulationProps, 'xml' | 'compiled'> & { surroundings: Surroundings }) {
  const { t, language } = useStudioWords();
  const [runs, setRuns] = useState<SimulatedRun[]>([]);
  const run = runs.at(-1);
  const marks = useMemo(() => (run ? marksOf(run) : noMarks), [run]);
  const flows = useMemo(() => (run ? flowsOfLastStep(run) : noFlows), [run]);
  const go = (next: SimulatedRun) => setRuns([...runs, next]);
  const timer = run && nextTimer(run);
  const { zone } = surroundings.calendar;
  return (
    <>
      <div className="simulation-body">
        <SimulationDiagram xml={xml} marks={marks} flows={flows} />
        <aside aria-label={t('studio.simulation.acts')}>
          {run ? (
            <>
              <p className="strong">{instantInWords(run.now, { language, zone })}</p>
              <div className="acts">
                {timer && (
                  <Button size="small" onClick={() => go(advanceTo(surroundings, run, timer.dueAt))}>
                    {t('studio.simulation.nextTimer', { time: instantInWords(timer.dueAt, { language, zone }) })}
                  </Button>
                )}
                <Button size="small" onClick={() => setRuns(runs.slice(0, -1))}>
                  {t('studio.simulation.stepBack')}
                </Button>
                <Button size="small" onClick={() => setRuns([])}>
                  {t('studio.simulation.restart')}
                </Button>
              </div>
              {run.refusal && <p className="bad">{run.refusal.message[language]}</p>}
              <WaitingList
                plan={surroundings.plan}
                run={run}
                form={(id) => compiled.forms[id] as object | undefined}
                happen={(event) => go(happen(surroundings, run, event))}
                advance={(instant) => go(advanceTo(surroundings, run, instant))}
              />
              <details>
                <summary>{t('studio.simulation.variables')}</summary>
                <pre>{JSON.stringify(run.variables, null, 1)}</pre>
              </details>
            </>
          ) : (
            <StartAct compiled={compiled} surroundings={surroundings} started={go} />
          )}
        </aside>
      </div>
      {run && <SimulationJournal plan={surroundings.plan} run={run} />}
    </>
  );
}
