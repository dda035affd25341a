/** What an act on many asks for before it is done: a look at what it is about, a reason, or variables. */
import { Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '../../words/index.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import type { BatchFilter } from './batch-queries.ts';
import { Preview } from './preview.tsx';

export type AskedAct =
  | { kind: 'retry' }
  | { kind: 'skip' | 'cancel'; reason: string }
  | { kind: 'variables'; variables: Record<string, unknown>; retry: boolean };

export interface ActDialogProps {
  kind: AskedAct['kind'];
  /** Which instances are meant, and how many the filter finds. */
  filter: BatchFilter;
  count: number;
  busy: boolean;
  close(): void;
  confirm(act: AskedAct): void;
}

export function ActDialog({ kind, ...props }: ActDialogProps) {
  if (kind === 'variables') return <VariablesDialog {...props} />;
  return kind === 'retry' ? <RetryDialog {...props} /> : <WithReason kind={kind} {...props} />;
}

type OneDialogProps = Omit<ActDialogProps, 'kind'>;

function RetryDialog({ filter, count, busy, close, confirm }: OneDialogProps) {
  const { t } = useWords();
  return (
    <Modal
      open
      title={t('ops.actOn', { what: t('ops.kind.retry'), n: count })}
      confirmLoading={busy}
      onCancel={close}
      onOk={() => confirm({ kind: 'retry' })}
      okText={t('ops.retry')}
      cancelText={t('common.cancel')}
    >
      <Preview kind="retry" filter={filter} />
    </Modal>
  );
}

function WithReason({ kind, filter, count, confirm, ...rest }: OneDialogProps & { kind: 'skip' | 'cancel' }) {
  const { t } = useWords();
  const hint = kind === 'skip' ? t('ops.skipHint') : t('ops.cancelHint');
  return (
    <ReasonDialog
      {...rest}
      title={t('ops.actOn', { what: t(`ops.kind.${kind}`), n: count })}
      hint={hint}
      confirm={(reason) => confirm({ kind, reason })}
    >
      <Preview kind={kind} filter={filter} />
    </ReasonDialog>
  );
}

interface Line {
  id: number;
  name: string;
  value: string;
}

function VariablesDialog({ filter, count, busy, close, confirm }: OneDialogProps) {
  const { t } = useWords();
  const [lines, setLines] = useState<Line[]>([{ id: 0, name: '', value: '' }]);
  const [retry, setRetry] = useState(true);
  const [missing, setMissing] = useState(false);
  const set = (id: number, part: Partial<Line>) =>
    setLines((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const submit = () => {
    const named = lines.filter(({ name }) => name.trim() !== '');
    if (named.length === 0) return setMissing(true);
    const variables = Object.fromEntries(named.map(({ name, value }) => [name.trim(), parsedValue(value)]));
    confirm({ kind: 'variables', variables, retry });
  };
  return (
    <Modal
      open
      title={t('ops.actOn', { what: t('ops.kind.variables'), n: count })}
      confirmLoading={busy}
      onCancel={close}
      onOk={submit}
      okText={t('common.confirm')}
      cancelText={t('common.cancel')}
    >
      <Preview kind="variables" filter={filter} />
      <p className="soft">{t('ops.variables.hint')}</p>
      <div className="variable-lines">
        {lines.map(({ id, name, value }) => (
          <div key={id} className="row">
            <Input
              aria-label={t('ops.variables.name')}
              placeholder={t('ops.variables.name')}
              value={name}
              autoFocus={id === 0}
              status={missing && name.trim() === '' ? 'error' : ''}
              onChange={(event) => set(id, { name: event.target.value })}
            />
            <Input
              aria-label={t('ops.variables.value')}
              placeholder={t('ops.variables.value')}
              value={value}
              onChange={(event) => set(id, { value: event.target.value })}
            />
          </div>
        ))}
      </div>
      {missing && <p className="bad">{t('ops.variables.missing')}</p>}
      <div className="row">
        <Checkbox checked={retry} onChange={(event) => setRetry(event.target.checked)}>
          {t('ops.variables.retry')}
        </Checkbox>
        <Button onClick={() => setLines((before) => [...before, { id: before.length, name: '', value: '' }])}>
          {t('ops.variables.more')}
        </Button>
      </div>
    </Modal>
  );
}

/** JSON as it is; anything else is a text. */
function parsedValue(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}
