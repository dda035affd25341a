/** Where files are chosen, dropped or photographed, with what is taken. */
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, useId, useState } from 'react';
import { useWords } from '../../words/index.ts';
import { fileRulesQuery } from './file-queries.ts';
import { Icon, type IconName } from './icons.tsx';

export interface AddFilesProps {
  /** As a file dialog has it; absent: all that is taken. */
  accept?: string | undefined;
  multiple: boolean;
  /** What describes the field, by the id of its label. */
  labelledBy?: string | undefined;
  add(files: File[]): void;
}

export function AddFiles({ accept, multiple, labelledBy, add }: AddFilesProps) {
  const { t, pick } = useWords();
  const rules = useQuery(fileRulesQuery).data;
  const [over, setOver] = useState(false);
  const wanted = accept ?? rules?.endings.join(',');
  const takesPhotos = accept === undefined || /image\/|\.(jpe?g|png|heic)/i.test(accept);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) add(multiple ? files : files.slice(0, 1));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way more; the inputs within are the accessible one.
    <div
      className="add-files"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="add-files-ways">
        <Chooser icon="clip" {...{ accept: wanted, multiple, labelledBy, add }}>
          {t('files.choose')}
        </Chooser>
        {takesPhotos && (
          <Chooser icon="camera" className="by-camera" accept="image/*" capture {...{ labelledBy, add }}>
            {t('files.photograph')}
          </Chooser>
        )}
        <span className="soft by-mouse">{t('files.orDrop')}</span>
      </div>
      {rules && (
        <p className="soft">
          {t('files.limit', { mb: Math.floor(rules.maxBytes / 1_048_576) })}
          {takesPhotos && t('files.unchanged')}
          {!rules.scanner.active && ` ${pick(rules.scanner.words)}`}
        </p>
      )}
    </div>
  );
}

interface ChooserProps {
  icon: IconName;
  children: string;
  accept?: string | undefined;
  multiple?: boolean;
  capture?: boolean;
  className?: string;
  labelledBy?: string | undefined;
  add(files: File[]): void;
}

function Chooser({ icon, children, accept, multiple = false, capture, className = '', labelledBy, add }: ChooserProps) {
  const id = useId();
  return (
    <label className={`chooser ${className}`}>
      <input
        type="file"
        className="unseen"
        accept={accept}
        multiple={multiple}
        {...(capture && { capture: 'environment' as const })}
        {...(labelledBy !== undefined && { 'aria-labelledby': `${labelledBy} ${id}` })}
        onChange={({ target }) => {
          add([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
      <Icon name={icon} /> <span id={id}>{children}</span>
    </label>
  );
}
