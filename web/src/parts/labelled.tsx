/** A control of a row of filters, with its label before it. */
import type { ReactNode } from 'react';

export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="labelled">
      <span className="soft">{label}</span>
      {children}
    </span>
  );
}
