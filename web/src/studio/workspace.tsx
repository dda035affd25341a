/** The editors of a definition, with what is done to all of it. */
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { useWords } from '../words/index.ts';
import type { Files } from './files.ts';
import { ProblemList } from './lint/problem-list.tsx';
import { type Compiled, useLint } from './lint/use-lint.ts';
import { openFile, saveFile } from './local-files.ts';
import { type History, type ModelerHandle, ModelerView } from './modeler/modeler.tsx';

const Simulation = lazy(async () => ({ default: (await import('./simulation/simulation.tsx')).Simulation }));

export interface WorkspaceProps {
  processKey: string;
  /** That was opened; absent: it was never deployed. */
  version?: number | undefined;
  files: Files;
}

export function Workspace({ processKey, version, files: opened }: WorkspaceProps) {
  const { t, language, setLanguage } = useWords();
  const modeler = useRef<ModelerHandle>(null);
  const [files, setFiles] = useState(opened);
  const [imported, setImported] = useState(0);
  const [history, setHistory] = useState<History>({ canUndo: false, canRedo: false });
  const checked = useLint(processKey, files);
  /** As it was when the simulation began. */
  const [simulated, setSimulated] = useState<{ xml: string; compiled: Compiled }>();
  const name = nameIn(files.xml) ?? processKey;

  const load = async () => {
    const xml = await openFile('.bpmn,.xml');
    if (xml === undefined) return;
    setFiles({ ...files, xml });
    setImported(imported + 1);
  };
  return (
    <div className="studio">
      <header className="bar">
        <a href={`/definitions/${version === undefined ? '' : processKey}`} className="brand">
          <img src="/icon.svg" alt="" />
          <span>{t('studio.back')}</span>
        </a>
        <h1>
          {name}
          <span className="soft based-on">
            {' '}
            {version === undefined ? t('studio.notDeployed') : t('studio.basedOn', { n: version })}
          </span>
        </h1>
        <div className="spring" />
        <Button disabled={!history.canUndo} onClick={() => modeler.current?.undo()}>
          {t('studio.undo')}
        </Button>
        <Button disabled={!history.canRedo} onClick={() => modeler.current?.redo()}>
          {t('studio.redo')}
        </Button>
        <Button onClick={() => modeler.current?.fit()}>{t('studio.fit')}</Button>
        <Button
          type="primary"
          disabled={!checked.compiled || checked.checking || simulated !== undefined}
          title={checked.compiled ? undefined : t('studio.simulateErrors')}
          onClick={() => checked.compiled && setSimulated({ xml: files.xml, compiled: checked.compiled })}
        >
          {t('studio.simulate')}
        </Button>
        <Button onClick={() => void load()}>{t('studio.import')}</Button>
        <Button onClick={() => saveFile(`${processKey}.bpmn`, files.xml, 'application/xml')}>
          {t('studio.export')}
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
      <main hidden={simulated !== undefined}>
        <ModelerView
          key={imported}
          ref={modeler}
          xml={files.xml}
          onChange={(xml) => setFiles((before) => ({ ...before, xml }))}
          onHistory={setHistory}
        />
        <ProblemList {...checked} show={(element) => modeler.current?.show(element)} />
      </main>
    </div>
  );
}

/** The name of the first process. */
function nameIn(xml: string): string | undefined {
  const process = new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagNameNS('*', 'process')[0];
  return process?.getAttribute('name') ?? undefined;
}
