/** The files of a definition beside its diagram: forms and decisions, each opened in its editor. */
import { Button, Input, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { newDecision } from './decisions/new-decision.ts';
import type { Files } from './files.ts';
import { useStudioWords } from './studio-words.tsx';

const FormEditorView = lazy(async () => ({
  default: (await import('./forms/form-editor-view.tsx')).FormEditorView,
}));
const DmnEditorView = lazy(async () => ({
  default: (await import('./decisions/dmn-editor-view.tsx')).DmnEditorView,
}));

export type FileKind = 'forms' | 'decisions';

export interface FileTabsProps {
  kind: FileKind;
  files: Files;
  change(files: (before: Files) => Files): void;
}

export function FileTabs({ kind, files, change }: FileTabsProps) {
  const { t } = useStudioWords();
  const names = kind === 'forms' ? Object.keys(files.forms ?? {}) : (files.decisions ?? []).map(nameOfDecision);
  const [chosen, setChosen] = useState(names[0]);
  const [added, setAdded] = useState('');
  const place = names.indexOf(chosen ?? '');
  const add = () => {
    const id = added.trim();
    if (!/^[A-Za-z][\w-]*$/.test(id) || names.includes(id)) return;
    change((before) =>
      kind === 'forms'
        ? { ...before, forms: { ...before.forms, [id]: { type: 'default', id, schemaVersion: 18, components: [] } } }
        : { ...before, decisions: [...(before.decisions ?? []), newDecision(id)] },
    );
    setChosen(id);
    setAdded('');
  };
  const changeForm = (schema: object) =>
    change((before) => ({ ...before, forms: { ...before.forms, [chosen ?? '']: schema } }));
  const changeDecision = (xml: string) =>
    change((before) => ({
      ...before,
      decisions: (before.decisions ?? []).map((one, index) => (index === place ? xml : one)),
    }));
  return (
    <div className="file-tabs">
      <nav aria-label={t(`studio.${kind}`)}>
        {names.map((name) => (
          <Button
            key={name}
            type={name === chosen ? 'primary' : 'text'}
            block
            aria-current={name === chosen}
            onClick={() => setChosen(name)}
          >
            {name}
          </Button>
        ))}
        {names.length === 0 && <p className="soft">{t(`studio.${kind}.empty`)}</p>}
        <Input
          aria-label={t(`studio.${kind}.id`)}
          placeholder={t(`studio.${kind}.id`)}
          value={added}
          onChange={(event) => setAdded(event.target.value)}
          onPressEnter={add}
        />
        <Button block onClick={add}>
          {t(`studio.${kind}.add`)}
        </Button>
      </nav>
      <section aria-label={chosen}>
        <Suspense fallback={<Skeleton active />}>
          {place >= 0 && kind === 'forms' && (
            <FormEditorView key={chosen} schema={(files.forms?.[chosen ?? ''] ?? {}) as object} onChange={changeForm} />
          )}
          {place >= 0 && kind === 'decisions' && (
            <DmnEditorView key={chosen} xml={files.decisions?.[place] ?? ''} onChange={changeDecision} />
          )}
        </Suspense>
      </section>
    </div>
  );
}

/** The id of its first decision: what business rule tasks call it by. */
const nameOfDecision = (xml: string): string =>
  new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagNameNS('*', 'decision')[0]?.id ?? 'DMN';
