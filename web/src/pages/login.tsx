/** Login as a page, or over the page that was open when the session expired. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { api, bodyOf, Refused } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { useWords } from '../words/index.ts';

/** @param again staff id of the person whose session expired */
export function Login({ again }: { again?: string }) {
  const { t, language, setLanguage } = useWords();
  const client = useQueryClient();
  const [login, setLogin] = useState(again ?? '');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [nameId, passwordId] = [useId(), useId()];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const empty = login.trim() === '' || password === '';
    setMissing(empty);
    if (empty) return;
    setBusy(true);
    setError(undefined);
    try {
      const { staff } = await bodyOf(api.POST('/api/login', { body: { login: login.trim(), password } }));
      // Somebody else at the same screen must not see what the one before had open.
      if (again !== undefined && staff.id !== again) client.clear();
      client.setQueryData(meQuery.queryKey, staff);
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div
      {...(again === undefined
        ? { className: 'login' }
        : { className: 'login over', role: 'dialog', 'aria-label': t('login.title') })}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <h1>
          <img src="/icon.svg" alt="" /> {t('login.title')}
        </h1>
        {again !== undefined && <Alert type="warning" title={t('login.expired')} />}
        {missing && <Alert type="error" title={t('login.missing')} />}
        {error !== undefined && <LoginProblem error={error} />}
        <label htmlFor={nameId}>{t('login.name')}</label>
        <Input
          id={nameId}
          size="large"
          autoComplete="username"
          autoFocus={again === undefined}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        <label htmlFor={passwordId}>{t('login.password')}</label>
        <Input.Password
          id={passwordId}
          size="large"
          autoComplete="current-password"
          autoFocus={again !== undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="primary" size="large" htmlType="submit" loading={busy} block>
          {t('login.submit')}
        </Button>
        <Button type="link" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('language.other')}
        </Button>
      </form>
    </div>
  );
}

/** How long one is locked out, and who can help; everything else as everywhere. */
function LoginProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  const seconds = error instanceof Refused && error.status === 429 ? error.problem?.['retryAfterSeconds'] : undefined;
  if (typeof seconds !== 'number') return <ErrorNotice error={error} />;
  return <Alert type="error" showIcon title={t('login.locked', { n: Math.ceil(seconds / 60) })} />;
}
