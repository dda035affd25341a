/** English names of the process, its elements and named flows, beside those in the diagram; what is missing can be shown alone. */
import { Checkbox, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useStudioWords } from '../studio-words.tsx';
import type { TextsProps } from './message-texts.tsx';
import { namedElements } from './named-elements.ts';

export function EnglishNames({ files, change }: TextsProps) {
  const { t } = useStudioWords();
  const elements = useMemo(() => namedElements(files.xml), [files.xml]);
  const names = files.englishNames ?? {};
  const [onlyMissing, setOnlyMissing] = useState(false);
  /** Whoever fills in a name keeps its row in sight. */
  const [missingAtFirst, setMissingAtFirst] = useState<ReadonlySet<string>>(new Set());
  const missing = elements.filter(({ id }) => !names[id]).map(({ id }) => id);
  const shown = onlyMissing ? elements.filter(({ id }) => missingAtFirst.has(id) || missing.includes(id)) : elements;
  const set = (id: string, name: string) =>
    change((before) => {
      const { [id]: _, ...others } = before.englishNames ?? {};
      return { ...before, englishNames: name.trim() === '' ? others : { ...others, [id]: name } };
    });
  return (
    <section className="texts names" aria-label={t('studio.names')}>
      <div className="row">
        <span>{missing.length === 0 ? t('names.complete') : t('names.missing', { n: missing.length })}</span>
        <Checkbox
          checked={onlyMissing}
          onChange={({ target }) => {
            setMissingAtFirst(new Set(missing));
            setOnlyMissing(target.checked);
          }}
        >
          {t('names.onlyMissing')}
        </Checkbox>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <div tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('names.chinese')}</th>
              <th scope="col">{t('names.english')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ id, name }) => (
              <tr key={id}>
                <th scope="row">
                  {name} <span className="soft">{id}</span>
                </th>
                <td>
                  <Input
                    aria-label={t('names.of', { name })}
                    maxLength={200}
                    value={names[id] ?? ''}
                    onChange={({ target }) => set(id, target.value)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
