/** Changes one's own password: all other sessions end. */
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { FieldProblems } from '../../parts/field-problems.tsx';
import { NewPassword, PasswordField } from '../../parts/new-password.tsx';
import { useAct } from '../../parts/use-act.ts';
import { useWords } from '../../words/index.ts';

export function ChangePassword() {
  const { t } = useWords();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState<string>();
  const [checked, setChecked] = useState(false);
  const [round, setRound] = useState(0);
  const change = useAct(
    (wanted: string) => bodyOf(api.POST('/api/me/password', { body: { oldPassword: old, password: wanted } })),
    {
      done: t('account.passwordChanged'),
      stale: ['own-sessions'],
      onDone() {
        setOld('');
        setPassword(undefined);
        setChecked(false);
        setRound(round + 1);
      },
      onRefused: () => true,
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (old !== '' && password !== undefined) change.mutate(password);
  };
  return (
    <section className="panel">
      <h2>{t('account.changePassword')}</h2>
      <form className="note dialog-form" onSubmit={submit} noValidate key={round}>
        <PasswordField
          label={t('account.oldPassword')}
          complete="current-password"
          value={old}
          wrong={checked && old === ''}
          onChange={setOld}
        />
        <NewPassword checked={checked} onChange={setPassword} />
        {change.error && <FieldProblems error={change.error} />}
        <div>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </section>
  );
}
