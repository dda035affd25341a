/** Asks what a new process is called, or which drawing is to go on. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { drawingsQuery } from '../api/studio-queries.ts';
import { useNames } from '../parts/people.ts';
import { instantInWords } from '../parts/time.ts';
import { useStudioWords } from './studio-words.tsx';

export interface ProcessName {
  key: string;
  name: string;
}

export function NewProcess({ create }: { create(process: ProcessName): void }) {
  const { t, language } = useStudioWords();
  const [key, setKey] = useState('');
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState(false);
  const drawings = useQuery(drawingsQuery);
  const items = drawings.data?.items ?? [];
  const person = useNames(items.map(({ updatedBy }) => updatedBy));
  const submit = () => {
    const given = { key: key.trim(), name: name.trim() };
    const isRight = /^[a-z][a-z0-9-]{1,60}$/.test(given.key) && given.name !== '';
    setWrong(!isRight);
    if (isRight) create(given);
  };
  return (
    <main className="alone new-process">
      <h1>{t('studio.new')}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor="process-name">{t('studio.new.name')}</label>
        <Input id="process-name" value={name} onChange={(event) => setName(event.target.value)} autoFocus />
        <label htmlFor="process-key">{t('studio.new.key')}</label>
        <Input id="process-key" value={key} placeholder="supplies" onChange={(event) => setKey(event.target.value)} />
        <p className={wrong ? 'bad' : 'soft'}>{t('studio.new.keyHint')}</p>
        <Button type="primary" htmlType="submit">
          {t('studio.new.begin')}
        </Button>
      </form>
      {items.length > 0 && (
        <>
          <h2>{t('studio.drawings')}</h2>
          <ul className="plain">
            {items.map((one) => (
              <li key={one.id}>
                <a href={`/studio/${one.process}?drawing=${one.id}`}>{one.name}</a>{' '}
                <span className="soft">
                  {person(one.updatedBy)} {instantInWords(one.updatedAt, { language })}
                  {one.shared && ` · ${t('studio.shared')}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}
