/** Where the one-time link of an administrator leads: a password is set, then one logs in with it. */
import { Alert, Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { FieldProblems } from '../parts/field-problems.tsx';
import { NewPassword } from '../parts/new-password.tsx';
import { useAct } from '../parts/use-act.ts';
import { useWords } from '../words/index.ts';

export function SetPassword() {
  const { t, language, setLanguage } = useWords();
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState<string>();
  const [checked, setChecked] = useState(false);
  const set = useAct((wanted: string) => bodyOf(api.POST('/api/password', { body: { token, password: wanted } })), {
    stale: ['me'],
    // The token is used up: it need not stay in the history of the browser.
    onDone: () => history.replaceState(null, '', location.pathname),
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password !== undefined) set.mutate(password);
  };
  return (
    <main className="login">
      <form onSubmit={submit} noValidate>
        <h1>
          <img src="/icon.svg" alt="" /> {t('account.setPassword')}
        </h1>
        {set.isSuccess ? (
          <>
            <Alert type="success" showIcon title={t('account.passwordSet')} />
            <Button type="primary" size="large" block href="/">
              {t('login.submit')}
            </Button>
          </>
        ) : token === '' ? (
          <Alert type="error" showIcon title={t('account.noToken')} />
        ) : (
          <>
            <p className="soft">{t('account.setPasswordHint')}</p>
            <NewPassword checked={checked} onChange={setPassword} />
            {set.error && <FieldProblems error={set.error} />}
            <Button type="primary" size="large" htmlType="submit" loading={set.isPending} block>
              {t('account.setPassword')}
            </Button>
          </>
        )}
        <Button type="link" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('language.other')}
        </Button>
      </form>
    </main>
  );
}
