/** The files of one kind by id: one of them is open, and others are added. */
import { Button, Input } from 'antd';
import { useState } from 'react';

export interface NamedListProps {
  ids: string[];
  chosen: string | undefined;
  choose(id: string): void;
  /** What an id must match. */
  pattern: RegExp;
  add(id: string): void;
  /** `hint` says what an id is, when a wrong one or one that is taken was typed. */
  words: { title: string; empty: string; id: string; hint: string; add: string };
}

export function NamedList({ ids, chosen, choose, pattern, add, words }: NamedListProps) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = () => {
    const id = typed.trim();
    const isRight = pattern.test(id) && !ids.includes(id);
    setWrong(!isRight);
    if (!isRight) return;
    add(id);
    choose(id);
    setTyped('');
  };
  return (
    <nav aria-label={words.title}>
      {ids.map((id) => (
        <Button
          key={id}
          type={id === chosen ? 'primary' : 'text'}
          block
          aria-current={id === chosen}
          onClick={() => choose(id)}
        >
          {id}
        </Button>
      ))}
      {ids.length === 0 && <p className="soft">{words.empty}</p>}
      <Input
        aria-label={words.id}
        placeholder={words.id}
        value={typed}
        status={wrong ? 'error' : ''}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={submit}
      />
      {wrong && (
        <p className="bad" role="alert">
          {words.hint}
        </p>
      )}
      <Button block onClick={submit}>
        {words.add}
      </Button>
    </nav>
  );
}
