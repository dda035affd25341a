/** What stands in place of a list without entries: what comes here, and what to do. */
import type { ReactNode } from 'react';

export function Empty({ title, hint, children }: { title: string; hint?: string | undefined; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="strong">{title}</p>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}
