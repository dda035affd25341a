/** The editors of a definition, with what is done to all of it. */
import { Button, Checkbox, Skeleton } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { FileTabs } from './file-tabs.tsx';
import type { Files } from './files.ts';
import { ProblemList } from './lint/problem-list.tsx';
import { type Compiled, useLint } from './lint/use-lint.ts';
import { openFile, saveFile } from './local-files.ts';
import { type History, type ModelerHandle, ModelerView } from './modeler/modeler.tsx';
import { SavingStatus } from './saving-status.tsx';
import { useStudioWords } from './studio-words.tsx';
import { type Drawing, useSavedDrawing } from './use-saved-drawing.ts';

const PublishDialog = lazy(async () => ({
  default: (await import('../parts/publish/publish-dialog.tsx')).PublishDialog,
}));
const Simulation = lazy(async () => ({ default: (await import('./simulation/simulation.tsx')).Simulation }));

const MessageTexts = lazy(async () => ({ default: (await import('./texts/message-texts.tsx')).MessageTexts }));
const EnglishNames = lazy(async () => ({ default: (await import('./texts/english-names.tsx')).EnglishNames }));

const editors = ['diagram', 'forms', 'decisions', 'texts', 'names'] as const;

export interface WorkspaceProps {
  drawing: Drawing;
  files: Files;
}

export function Workspace({ drawing, files: opened }: WorkspaceProps) {
  const { t, language, setLanguage } = useStudioWords();
  const modeler = useRef<ModelerHandle>(null);
  const [files, setFiles] = useState(opened);
  const [imported, setImported] = useState(0);
  const [history, setHistory] = useState<History>({ canUndo: false, canRedo: false });
  const { process, basedOn } = drawing;
  const checked = useLint(process, files);
  const [editor, setEditor] = useState<(typeof editors)[number]>('diagram');
  const [publishing, setPublishing] = useState(false);
  /** As it was when the simulation began. */
  const [simulated, setSimulated] = useState<{ xml: string; compiled: Compiled }>();
  const name = nameIn(files.xml) ?? drawing.name;
  const saved = useSavedDrawing(drawing, name, files);
  const isRunnable = checked.compiled !== undefined && !checked.checking;

  const load = async () => {
    const xml = await openFile('.bpmn,.xml');
    if (xml === undefined) return;
    setFiles({ ...files, xml });
    setImported(imported + 1);
  };
  const published = async (key: string, version: number | undefined) => {
    if (version !== undefined) await saved.discard();
    location.assign(`/definitions/${key}`);
  };
  return (
    <div className="studio">
      <header className="bar">
        <a
          href={`/definitions/${basedOn === undefined ? '' : process}`}
          className="brand"
          aria-label={t('studio.back')}
        >
          <img src="/icon.svg" alt="" />
          <span>{t('studio.back')}</span>
        </a>
        <h1>
          {name}
          <span className="soft based-on">
            {' '}
            {basedOn === undefined ? t('studio.notDeployed') : t('studio.basedOn', { n: basedOn })}
          </span>
        </h1>
        <SavingStatus {...saved} />
        <div className="spring" />
        <Checkbox checked={saved.shared} onChange={(event) => saved.setShared(event.target.checked)}>
          {t('studio.share')}
        </Checkbox>
        <Button disabled={!history.canUndo} onClick={() => modeler.current?.undo()}>
          {t('studio.undo')}
        </Button>
        <Button disabled={!history.canRedo} onClick={() => modeler.current?.redo()}>
          {t('studio.redo')}
        </Button>
        <Button onClick={() => modeler.current?.fit()}>{t('studio.fit')}</Button>
        <Button onClick={() => void load()}>{t('studio.import')}</Button>
        <Button onClick={() => saveFile(`${process}.bpmn`, files.xml, 'application/xml')}>{t('studio.export')}</Button>
        <Button
          disabled={!isRunnable || simulated !== undefined}
          title={checked.compiled ? undefined : t('studio.fixErrors')}
          onClick={() => checked.compiled && setSimulated({ xml: files.xml, compiled: checked.compiled })}
        >
          {t('studio.simulate')}
        </Button>
        <Button
          type="primary"
          disabled={!isRunnable}
          title={checked.compiled ? undefined : t('studio.fixErrors')}
          onClick={() => setPublishing(true)}
        >
          {t('publish.do')}
        </Button>
        <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('language.other')}
        </Button>
      </header>
      {simulated && (
        <Suspense fallback={<Skeleton active />}>
          <Simulation xml={simulated.xml} compiled={simulated.compiled} close={() => setSimulated(undefined)} />
        </Suspense>
      )}
      {publishing && (
        <Suspense>
          <PublishDialog
            files={files}
            close={() => setPublishing(false)}
            published={(key, version) => void published(key, version)}
          />
        </Suspense>
      )}
      <main hidden={simulated !== undefined}>
        <nav className="editor-tabs" aria-label={t('studio.tabs')}>
          {editors.map((one) => (
            <Button
              key={one}
              size="small"
              type={one === editor ? 'primary' : 'text'}
              aria-current={one === editor}
              onClick={() => setEditor(one)}
            >
              {t(`studio.${one}`)}
            </Button>
          ))}
        </nav>
        {(editor === 'forms' || editor === 'decisions') && (
          <FileTabs key={editor} kind={editor} files={files} change={setFiles} />
        )}
        <Suspense fallback={<Skeleton active />}>
          {editor === 'texts' && <MessageTexts files={files} change={setFiles} />}
          {editor === 'names' && <EnglishNames files={files} change={setFiles} />}
        </Suspense>
        <ModelerView
          hidden={editor !== 'diagram'}
          key={imported}
          ref={modeler}
          xml={files.xml}
          onChange={(xml) => setFiles((before) => ({ ...before, xml }))}
          onHistory={setHistory}
        />
        <ProblemList
          {...checked}
          show={(element) => {
            setEditor('diagram');
            modeler.current?.show(element);
          }}
        />
      </main>
    </div>
  );
}

/** The name of the first process. */
function nameIn(xml: string): string | undefined {
  const process = new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagNameNS('*', 'process')[0];
  return process?.getAttribute('name') || undefined;
}
