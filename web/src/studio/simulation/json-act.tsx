/** An act that brings variables, written as JSON. */
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Variables } from '../../../../engine/model/plan.ts';
import { useStudioWords } from '../studio-words.tsx';

export interface JsonActProps {
  label: string;
  initial?: Variables;
  act(variables: Variables): void;
  children?: ReactNode;
}

export function JsonAct({ label, initial = {}, act, children }: JsonActProps) {
  const { t } = useStudioWords();
  const [text, setText] = useState(() => JSON.stringify(initial, null, 2));
  const [wrong, setWrong] = useState(false);
  const submit = () => {
    const variables = parsed(text);
    setWrong(variables === undefined);
    if (variables) act(variables);
  };
  return (
    <div className="json-act">
      <Input.TextArea
        aria-label={t('studio.simulation.variables')}
        autoSize={{ minRows: 1, maxRows: 10 }}
        value={text}
        status={wrong ? 'error' : ''}
        onChange={(event) => setText(event.target.value)}
      />
      {wrong && <p className="bad">{t('studio.simulation.badJson')}</p>}
      <div className="acts">
        <Button type="primary" size="small" onClick={submit}>
          {label}
        </Button>
        {children}
      </div>
    </div>
  );
}

function parsed(text: string): Variables | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Variables) : undefined;
  } catch {
    return undefined;
  }
}
