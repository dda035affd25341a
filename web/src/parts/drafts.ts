/**
 * What was typed and not submitted. It is kept on the server, quietly after each pause, so that it survives a reload, an expired session
 * and another device; until it is there, and while the server cannot be reached, in this browser.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api, bodyOf, Refused } from '../api/client.ts';

type Values = Record<string, unknown>;
export type DraftKind = 'task' | 'start';

const prefix = 'careloop.draft.';
const pauseMs = 1500;
const againMs = 10_000;

function keepHere(name: string, values: Values): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(values));
  } catch {
    // Without room for it the form still works.
  }
}

function readHere(name: string): Values | undefined {
  const text = sessionStorage.getItem(prefix + name);
  return text === null ? undefined : (JSON.parse(text) as Values);
}

const dropHere = (name: string): void => sessionStorage.removeItem(prefix + name);

/** `here`: in this browser only, because the server could not be reached. */
export type DraftState = { at: string } | 'here' | undefined;

export interface DraftInUse {
  /** Whether it is known if there is one. */
  ready: boolean;
  /** As it was found when the form was opened. */
  found: Values | undefined;
  state: DraftState;
  keep(values: Values): void;
  /** It was submitted, or is not wanted. */
  discard(): Promise<void>;
}

/** @param enabled whether the person may submit the form at all */
export function useDraft(kind: DraftKind, of: string, enabled = true): DraftInUse {
  const name = `${kind}.${of}`;
  const path = useMemo(() => ({ kind, of }), [kind, of]);
  const client = useQueryClient();
  const [state, setState] = useState<DraftState>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stored = useQuery({
    queryKey: ['draft', kind, of],
    queryFn: () => bodyOf(api.GET('/api/drafts/{kind}/{of}', { params: { path } })),
    enabled,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const here = useMemo(() => readHere(name), [name]);
  const send = useCallback(async (): Promise<void> => {
    const values = readHere(name);
    if (!values) return;
    try {
      const { savedAt } = await bodyOf(api.PUT('/api/drafts/{kind}/{of}', { params: { path }, body: { values } }));
      // What was typed meanwhile is newer, and is sent after the next pause.
      if (JSON.stringify(readHere(name)) === JSON.stringify(values)) dropHere(name);
      setState({ at: savedAt });
    } catch (error) {
      setState('here');
      const mayPass = !(error instanceof Refused) || error.status === 0 || error.status === 401 || error.status >= 500;
      if (mayPass) timer.current = setTimeout(() => void send(), againMs);
    }
  }, [name, path]);
  useEffect(() => {
    // Of a page that was left before it was sent.
    if (enabled && here) void send();
    return () => clearTimeout(timer.current);
  }, [enabled, here, send]);
  return {
    ready: !enabled || here !== undefined || !stored.isPending,
    found: here ?? stored.data?.draft?.values,
    state: state ?? (stored.data?.draft ? { at: stored.data.draft.savedAt } : undefined),
    keep(values) {
      keepHere(name, values);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), pauseMs);
    },
    async discard() {
      clearTimeout(timer.current);
      dropHere(name);
      setState(undefined);
      client.setQueryData(['draft', kind, of], { draft: null });
      // One that stays is removed with its task, or after a time.
      await api.DELETE('/api/drafts/{kind}/{of}', { params: { path } }).catch(() => undefined);
    },
  };
}
