/** A new password, typed twice. */
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useWords } from '../words/index.ts';

/** As the server asks for it, which also refuses those that everybody tries first. */
const shortest = 12;

export interface NewPasswordProps {
  /** What is wrong is shown. */
  checked: boolean;
  /** @param password undefined: too short, or the two differ */
  onChange(password: string | undefined): void;
}

export function NewPassword({ checked, onChange }: NewPasswordProps) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const set = (one: string, two: string) => {
    setPassword(one);
    setRepeated(two);
    onChange(one.length >= shortest && one === two ? one : undefined);
  };
  const tooShort = checked && password.length < shortest;
  const differ = checked && !tooShort && password !== repeated;
  return (
    <>
      <PasswordField
        label={t('account.newPassword')}
        complete="new-password"
        value={password}
        wrong={tooShort}
        onChange={(value) => set(value, repeated)}
      />
      <p className={tooShort ? 'bad' : 'soft'}>{t('account.passwordRule', { n: shortest })}</p>
      <PasswordField
        label={t('account.repeatPassword')}
        complete="new-password"
        value={repeated}
        wrong={differ}
        onChange={(value) => set(password, value)}
      />
      {differ && <p className="bad">{t('account.passwordsDiffer')}</p>}
    </>
  );
}

export interface PasswordFieldProps {
  label: string;
  complete: 'current-password' | 'new-password';
  value: string;
  wrong: boolean;
  onChange(value: string): void;
}

export function PasswordField({ label, complete, value, wrong, onChange }: PasswordFieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input.Password
        id={id}
        autoComplete={complete}
        maxLength={200}
        value={value}
        status={wrong ? 'error' : ''}
        onChange={({ target }) => onChange(target.value)}
      />
    </>
  );
}
