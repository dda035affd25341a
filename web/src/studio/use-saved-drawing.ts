/** Saves the drawing on the server shortly after each change, and detects that somebody else has saved it meanwhile. */
import { useEffect, useRef, useState } from 'react';
import { api, bodyOf, newIdempotencyKey, Refused } from '../api/client.ts';
import type { Files } from './files.ts';

const pauseMs = 1_000;
const retryMs = 5_000;

export interface Drawing {
  id: string;
  process: string;
  name: string;
  shared: boolean;
  basedOn?: number | undefined;
  /** As it was opened; 0: not saved yet. */
  revision: number;
}

export type Saving =
  | { state: 'unchanged' | 'saving' }
  | { state: 'saved'; at: string }
  /** `error` is tried again by itself; what is typed stays in this window. */
  | { state: 'failed'; error: unknown }
  | { state: 'conflict'; by: string; at: string };

export interface SavedDrawing {
  saving: Saving;
  shared: boolean;
  setShared(shared: boolean): void;
  /** After a conflict: from now on this is a drawing of its own. */
  saveAsOwn(): void;
  /** It was published or is not wanted any more. */
  discard(): Promise<void>;
}

export function useSavedDrawing(opened: Drawing, name: string, files: Files): SavedDrawing {
  const drawing = useRef(opened);
  const [saving, setSaving] = useState<Saving>({ state: opened.revision === 0 ? 'unchanged' : 'saved', at: '' });
  const [shared, setShared] = useState(opened.shared);
  const [attempt, setAttempt] = useState(0);
  const kept = useRef({ files, shared });
  const busy = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt saves again what did not change
  useEffect(() => {
    if (kept.current.files === files && kept.current.shared === shared) return;
    setSaving({ state: 'saving' });
    const timer = setTimeout(async () => {
      if (busy.current) {
        setAttempt((before) => before + 1);
        return;
      }
      busy.current = true;
      const { id, revision, process, basedOn } = drawing.current;
      try {
        const saved = await bodyOf(
          api.PUT('/api/drawings/{id}', {
            params: { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } },
            body: { process, name, shared, revision, files, ...(basedOn !== undefined && { basedOn }) },
          }),
        );
        drawing.current = { ...drawing.current, revision: saved.revision };
        kept.current = { files, shared };
        setSaving({ state: 'saved', at: saved.updatedAt });
        rememberInAddress(id);
      } catch (error) {
        setSaving(failed(error));
        if (!isConflict(error)) setTimeout(() => setAttempt((before) => before + 1), retryMs);
      } finally {
        busy.current = false;
      }
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [files, shared, name, attempt]);

  useEffect(() => {
    if (saving.state !== 'saving' && saving.state !== 'failed') return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [saving.state]);

  return {
    saving,
    shared,
    setShared,
    saveAsOwn() {
      drawing.current = { ...drawing.current, id: crypto.randomUUID(), revision: 0 };
      setShared(false);
      setAttempt((before) => before + 1);
    },
    async discard() {
      const { id, revision } = drawing.current;
      if (revision === 0) return;
      await bodyOf(
        api.DELETE('/api/drawings/{id}', {
          params: { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } },
        }),
      ).catch(() => undefined);
    },
  };
}

const isConflict = (error: unknown): error is Refused =>
  error instanceof Refused && error.problem?.code === 'changed-meanwhile';

function failed(error: unknown): Saving {
  if (!isConflict(error)) return { state: 'failed', error };
  const { updatedBy = '', updatedAt = '' } = error.problem as { updatedBy?: string; updatedAt?: string };
  return { state: 'conflict', by: updatedBy, at: updatedAt };
}

/** A reload opens it again. */
function rememberInAddress(id: string): void {
  const address = new URL(location.href);
  address.searchParams.set('drawing', id);
  address.searchParams.delete('version');
  history.replaceState(history.state, '', address);
}
