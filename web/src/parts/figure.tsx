/** One number with what it is and where it leads. */
import type { ReactNode } from 'react';

export function Figure(props: { label: string; value: string; bad?: boolean; children?: ReactNode }) {
  const { label, value, bad = false, children } = props;
  return (
    <li className="panel figure">
      <span className="soft">{label}</span>
      <span className={bad ? 'number bad' : 'number'}>{value}</span>
      <span className="more">{children}</span>
    </li>
  );
}
