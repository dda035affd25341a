/** Links to instances, each with its process, when it began and how it stands. */
import { Link } from 'react-router';
import type { components } from '../../../generated/api.d.ts';
import { useWords } from '../../words/index.ts';
import { casePath } from '../case-path.ts';
import { useProcessNames } from '../process-names.ts';
import { instantInWords } from '../time.ts';
import { useZone } from '../zone.ts';

export type RelatedInstance = components['schemas']['RelatedInstance'];

export function RelatedList({ items, newWindow = false }: { items: readonly RelatedInstance[]; newWindow?: boolean }) {
  return (
    <ul className="plain related">
      {items.map((one) => (
        <RelatedItem key={one.id} one={one} newWindow={newWindow} />
      ))}
    </ul>
  );
}

function RelatedItem({ one, newWindow }: { one: RelatedInstance; newWindow: boolean }) {
  const { t, language } = useWords();
  const { nameOf } = useProcessNames();
  const zone = useZone(one.facility);
  return (
    <li>
      <Link to={casePath(one.id)} {...(newWindow && { target: '_blank', rel: 'noopener' })}>
        {one.title}
      </Link>{' '}
      <span className={`tag ${one.status}`}>{t(`status.${one.status}`)}</span>
      <div className="soft">
        {nameOf(one.process)} · {instantInWords(one.startedAt, { language, zone })}
      </div>
    </li>
  );
}
