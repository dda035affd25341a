/** The editors of a definition, with what is done to all of it. */
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../words/index.ts';
import type { Files } from './files.ts';
import { openFile, saveFile } from './local-files.ts';
import { type History, type ModelerHandle, ModelerView } from './modeler/modeler.tsx';

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
          <span className="soft">
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
        <Button onClick={() => void load()}>{t('studio.import')}</Button>
        <Button onClick={() => saveFile(`${processKey}.bpmn`, files.xml, 'application/xml')}>
          {t('studio.export')}
        </Button>
        <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('language.other')}
        </Button>
      </header>
      <main>
        <ModelerView
          key={imported}
          ref={modeler}
          xml={files.xml}
          onChange={(xml) => setFiles((before) => ({ ...before, xml }))}
          onHistory={setHistory}
        />
      </main>
    </div>
  );
}

/** The name of the first process. */
function nameIn(xml: string): string | undefined {
  const process = new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagNameNS('*', 'process')[0];
  return process?.getAttribute('name') ?? undefined;
}
