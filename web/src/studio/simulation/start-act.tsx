/** How a simulated run begins: by which start event, with the start form or with variables. */
import { Button, Select } from 'antd';
import { useRef, useState } from 'react';
import type { Variables } from '../../../../engine/model/plan.ts';
import { type FormHandle, FormView } from '../../forms/form-view.tsx';
import type { Compiled } from '../lint/use-lint.ts';
import { useStudioWords } from '../studio-words.tsx';
import { JsonAct } from './json-act.tsx';
import { begin, type SimulatedRun, type Surroundings } from './simulator.ts';

export interface StartActProps {
  compiled: Compiled;
  surroundings: Surroundings;
  started(run: SimulatedRun): void;
}

const nothing = {};

export function StartAct({ compiled, surroundings, started }: StartActProps) {
  const { t } = useStudioWords();
  const { plan } = surroundings;
  const starts = Object.values(plan.elements).filter(
    (element) => element.kind === 'startEvent' && element.parent === plan.key,
  );
  const [startEvent, setStartEvent] = useState(starts[0]?.id);
  const handle = useRef<FormHandle>(null);
  const [wrong, setWrong] = useState(0);
  const formId = plan.profile?.startForm;
  const form = formId === undefined ? undefined : (compiled.forms[formId] as object | undefined);
  const start = (variables: Variables) =>
    started(begin(surroundings, { now: new Date().toISOString(), variables, ...(startEvent && { startEvent }) }));
  const submit = () => {
    const { data, errors } = handle.current?.submit() ?? { data: {}, errors: {} };
    const count = Object.keys(errors).length;
    setWrong(count);
    if (count === 0) start(data as Variables);
  };
  return (
    <>
      <h3>{t('studio.simulation.start')}</h3>
      {starts.length > 1 && (
        <Select
          className="full"
          aria-label={t('studio.simulation.startEvent')}
          value={startEvent}
          onChange={setStartEvent}
          options={starts.map(({ id, name }) => ({ value: id, label: name ?? id }))}
        />
      )}
      {form ? (
        <>
          <FormView ref={handle} schema={form} data={nothing} />
          {wrong > 0 && <p className="bad">{t('case.formErrors', { n: wrong })}</p>}
          <Button type="primary" onClick={submit}>
            {t('studio.simulation.begin')}
          </Button>
        </>
      ) : (
        <JsonAct label={t('studio.simulation.begin')} act={start} />
      )}
    </>
  );
}
