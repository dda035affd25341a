/** What a simulated run waits for, each with what can be done about it. */
import { Button } from 'antd';
import type { Plan } from '../../../../engine/model/plan.ts';
import type { EngineEvent, Trigger, Wait } from '../../../../engine/model/types.ts';
import { instantInWords } from '../../parts/time.ts';
import { useStudioWords } from '../studio-words.tsx';
import { JsonAct } from './json-act.tsx';
import { type SimulatedRun, simulatedPerson } from './simulator.ts';
import { TaskAct } from './task-act.tsx';

export interface WaitingListProps {
  plan: Plan;
  run: SimulatedRun;
  form(id: string): object | undefined;
  happen(event: EngineEvent): void;
  advance(instant: string): void;
}

export function WaitingList(props: WaitingListProps) {
  const { t } = useStudioWords();
  const { run, plan } = props;
  const waits = Object.values(run.state.waits).filter((wait) => wait.kind !== 'scope' || wait.incident);
  if (run.state.status !== 'active')
    return <p className="strong">{t('studio.simulation.ended', { status: t(`status.${run.state.status}`) })}</p>;
  return (
    <ul className="plain waiting">
      {waits.map((wait) => (
        <li key={wait.key}>
          <h3>{plan.elements[wait.element]?.name ?? wait.element}</h3>
          {wait.incident ? <IncidentActs {...props} wait={wait} /> : <Acts {...props} wait={wait} />}
        </li>
      ))}
    </ul>
  );
}

type ActsProps = WaitingListProps & { wait: Wait };
const by = { id: simulatedPerson };

function IncidentActs({ wait, happen }: ActsProps) {
  const { t } = useStudioWords();
  const { key, incident } = wait;
  return (
    <>
      <p className="bad">{t('studio.simulation.incident', { code: incident?.code ?? '' })}</p>
      <div className="acts">
        <Button size="small" onClick={() => happen({ type: 'retry', key, by })}>
          {t('common.retry')}
        </Button>
        <Button size="small" onClick={() => happen({ type: 'skip', key, reason: simulatedPerson, by })}>
          {t('ops.skip')}
        </Button>
      </div>
    </>
  );
}

function Acts({ wait, run, form, happen, advance }: ActsProps) {
  const { t } = useStudioWords();
  const { key } = wait;
  switch (wait.kind) {
    case 'task': {
      const { assignee, candidateGroups, formId } = wait.task;
      const role = candidateGroups[0];
      const actor = { id: assignee ?? `${simulatedPerson}-${role ?? 'person'}`, ...(role !== undefined && { role }) };
      return (
        <TaskAct
          wait={wait}
          form={formId === undefined ? undefined : form(formId)}
          variables={run.variables}
          complete={(variables) => happen({ type: 'task', key, action: { type: 'complete', variables }, by: actor })}
        />
      );
    }
    case 'job': {
      const job = run.jobs.find((one) => one.key === key);
      const part = job?.part === undefined ? {} : { part: job.part };
      return (
        <>
          <p className="soft">{t('studio.simulation.job', { type: wait.jobType })}</p>
          {job && Object.keys(job.input).length > 0 && <pre>{JSON.stringify(job.input, null, 1)}</pre>}
          <JsonAct
            label={t('studio.simulation.jobDone')}
            act={(variables) => happen({ type: 'job-completed', key, variables, ...part })}
          >
            <Button
              size="small"
              onClick={() => happen({ type: 'job-failed', key, code: 'failed', message: simulatedPerson, ...part })}
            >
              {t('studio.simulation.jobFails')}
            </Button>
          </JsonAct>
        </>
      );
    }
    case 'call':
      return (
        <>
          <p className="soft">{t('studio.simulation.call', { process: wait.process })}</p>
          <JsonAct
            label={t('studio.simulation.callDone')}
            act={(variables) => happen({ type: 'call-completed', key, variables })}
          />
        </>
      );
    case 'event':
      return wait.triggers.map((trigger) => (
        <TriggerAct key={JSON.stringify(trigger)} trigger={trigger} run={run} happen={happen} advance={advance} />
      ));
    default:
      return <p className="soft">{t('studio.simulation.waits')}</p>;
  }
}

function TriggerAct({
  trigger,
  run,
  happen,
  advance,
}: { trigger: Trigger } & Pick<WaitingListProps, 'run' | 'happen' | 'advance'>) {
  const { t, language } = useStudioWords();
  switch (trigger.type) {
    case 'timer':
      return (
        <div className="acts">
          <Button size="small" onClick={() => advance(trigger.dueAt)}>
            {t('studio.simulation.fire', {
              time: instantInWords(trigger.dueAt, { language, zone: run.state.calendar.zone }),
            })}
          </Button>
        </div>
      );
    case 'message': {
      const { name, correlationKey } = trigger;
      const id = `${name}-${run.journal.length}`;
      return (
        <JsonAct
          label={t('studio.simulation.send', { name })}
          act={(variables) =>
            happen({ type: 'message', id, name, variables, ...(correlationKey !== undefined && { correlationKey }) })
          }
        />
      );
    }
    case 'signal':
      return (
        <JsonAct
          label={t('studio.simulation.signal', { name: trigger.name })}
          act={(variables) => happen({ type: 'signal', name: trigger.name, variables })}
        />
      );
    case 'conditional':
      return <p className="soft">{t('studio.simulation.condition')}</p>;
    default:
      return <p className="soft">{t('studio.simulation.thrown', { type: trigger.type })}</p>;
  }
}
