/** What is selected of a list: single rows, or all that match the filter, also those that are not on the page. */
import { useState } from 'react';

export interface Picked {
  ids: ReadonlySet<string>;
  all: boolean;
  toggle(id: string): void;
  pickPage(ids: string[]): void;
  pickAll(): void;
  clear(): void;
}

const nothing: ReadonlySet<string> = new Set();

/** @param scope another filter is another selection */
export function usePicked(scope: string): Picked {
  const [state, setState] = useState({ scope, ids: nothing, all: false });
  const { ids, all } = state.scope === scope ? state : { ids: nothing, all: false };
  const set = (next: { ids: ReadonlySet<string>; all: boolean }) => setState({ scope, ...next });
  return {
    ids,
    all,
    toggle(id) {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      set({ ids: next, all: false });
    },
    pickPage: (page) => set({ ids: new Set(page), all: false }),
    pickAll: () => set({ ids: nothing, all: true }),
    clear: () => set({ ids: nothing, all: false }),
  };
}
