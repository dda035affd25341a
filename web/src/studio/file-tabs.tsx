/** The files of a definition beside its diagram: forms and decisions, each opened in its editor. */
import { Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { newDecision } from './decisions/new-decision.ts';
import type { Files } from './files.ts';
import { NamedList } from './named-list.tsx';
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
  const place = names.indexOf(chosen ?? '');
  const add = (id: string) =>
    change((before) =>
      kind === 'forms'
        ? { ...before, forms: { ...before.forms, [id]: { type: 'default', id, schemaVersion: 18, components: [] } } }
        : { ...before, decisions: [...(before.decisions ?? []), newDecision(id)] },
    );
  const changeForm = (schema: object) =>
    change((before) => ({ ...before, forms: { ...before.forms, [chosen ?? '']: schema } }));
  const changeDecision = (xml: string) =>
    change((before) => ({
      ...before,
      decisions: (before.decisions ?? []).map((one, index) => (index === place ? xml : one)),
    }));
  return (
    <div className="file-tabs">
      <NamedList
        ids={names}
        chosen={chosen}
        choose={setChosen}
        pattern={/^[A-Za-z][\w-]*$/}
        add={add}
        words={{
          title: t(`studio.${kind}`),
          empty: t(`studio.${kind}.empty`),
          id: t(`studio.${kind}.id`),
          hint: t('studio.idHint'),
          add: t(`studio.${kind}.add`),
        }}
      />
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
