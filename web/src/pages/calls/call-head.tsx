/** Who it is and why now; the number in full for whoever has taken the call. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { type Call, chainQuery } from '../../api/patient-queries.ts';
import { taskQuery } from '../../api/queries.ts';
import { casePath } from '../../parts/case-path.ts';
import { useAct } from '../../parts/use-act.ts';
import { useWords } from '../../words/index.ts';

export function CallHead({ call }: { call: Call }) {
  const { t, pick } = useWords();
  const task = useQuery(taskQuery(call.task));
  const chain = useQuery(chainQuery(call.chain, `${call.task} ${task.data?.assignee ?? ''} ${call.isMine}`));
  const take = useAct(
    (_: undefined, key: string) =>
      bodyOf(
        api.POST('/api/tasks/{id}/claim', {
          params: { path: { id: call.task }, header: { 'Idempotency-Key': key } },
          body: {},
        }),
      ),
    { stale: ['calls', 'task', 'chain'] },
  );
  return (
    <section className="panel call-head">
      <h2>
        <Link to={`/patients/${encodeURIComponent(call.patient)}`}>{call.patientName ?? call.patient}</Link>
        <span className="soft">{call.patient}</span>
        {call.demo && <span className="tag">{t('patients.demo')}</span>}
        <span className="spring" />
        <span className="phone">{chain.data?.phone ?? ''}</span>
        {!call.isMine && (
          <Button type="primary" className="take" loading={take.isPending} onClick={() => take.mutate(undefined)}>
            {t('calls.take')}
          </Button>
        )}
      </h2>
      <div className="plain">
        {call.touches.map((touch) => (
          <p key={touch.id}>
            <span className="strong">{pick(touch.name)}</span>
            {touch.why && <span className="soft"> {pick(touch.why)}</span>}
          </p>
        ))}
        <Link to={casePath(call.instance)}>{t('calls.chain')}</Link>
      </div>
    </section>
  );
}
