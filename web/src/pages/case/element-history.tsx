/** What happened at one element, automatic steps included; chosen by a click in the diagram, or from the list. */
import { Button } from 'antd';
import type { JournalLine } from '../../api/client.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

export interface ElementHistoryProps {
  lines: JournalLine[];
  facility: string;
  /** English names by element id; those of the diagram where absent. */
  names: Record<string, string> | undefined;
  element: string | undefined;
  choose(element: string | undefined): void;
}

export function ElementHistory({ lines, facility, names, element, choose }: ElementHistoryProps) {
  const { t, language } = useWords();
  const zone = useZone(facility);
  const passed = new Map(
    lines.flatMap((line) =>
      line.element === undefined || line.elementName === undefined ? [] : [[line.element, line.elementName] as const],
    ),
  );
  const nameOf = (id: string) => names?.[id] ?? passed.get(id) ?? id;
  const own = lines.filter((line) => line.element === element);
  return (
    <div className="element-history" aria-live="polite">
      <div className="row">
        <select
          aria-label={t('case.element')}
          className="grow"
          value={element ?? ''}
          onChange={(event) => choose(event.target.value || undefined)}
        >
          <option value="">{t('case.element')}</option>
          {[...new Set([...passed.keys(), ...(element === undefined ? [] : [element])])].map((id) => (
            <option key={id} value={id}>
              {nameOf(id)}
            </option>
          ))}
        </select>
        {element !== undefined && <Button onClick={() => choose(undefined)}>{t('common.close')}</Button>}
      </div>
      {element !== undefined &&
        (own.length === 0 ? (
          <p className="soft">{t('case.elementUntouched')}</p>
        ) : (
          <ol>
            {own.map((line) => (
              <li key={line.n}>
                <time dateTime={line.at}>{instantInWords(line.at, { language, zone, seconds: true })}</time>
                <span>{line[language]}</span>
              </li>
            ))}
          </ol>
        ))}
    </div>
  );
}
