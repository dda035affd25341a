/** A change of many instances, carried out only after a dry run with the same settings. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { type BatchFilter, type BatchWithReport, batchQuery } from '../../parts/batches/batch-queries.ts';
import { useProposable } from '../../parts/batches/use-proposable.tsx';
import { useErrorWords } from '../../parts/error-notice.tsx';
import { useIdempotencyKey } from '../../parts/idempotency.ts';
import { filtersAsText } from '../../parts/instance-filters.ts';
import { useWords } from '../../words/index.ts';

export interface Change {
  process: string;
  /** Of the instances that are changed. */
  version: number;
  filter: BatchFilter;
}

/** Dry run with one instance or with all; or the change itself. */
export type How = 'one' | 'all' | 'do';

export interface Trial {
  latest: string | undefined;
  /** As it is set now. */
  tried: boolean;
  running: How | undefined;
  run(how: How): void;
  close(): void;
  shown: ReactNode;
}

export interface TrialOptions<Body> {
  /** The route, as a proposal names it. */
  act: string;
  change: Change;
  /** What the route takes. */
  body(filter: BatchFilter, dryRun: boolean): Body;
  send(body: Body, key: string): Promise<BatchWithReport>;
}

export function useTrial<Body extends object>({ act, change, body, send }: TrialOptions<Body>): Trial {
  const { t } = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const [key, ended] = useIdempotencyKey();
  const [latest, setLatest] = useState<string>();
  const [triedAs, setTriedAs] = useState<string>();
  const whole = body(change.filter, false);
  const proposable = useProposable(() => setTriedAs(undefined));
  const mutation = useMutation({
    mutationFn: async ({ how }: { how: How; whole: Body }) => {
      const filter = how === 'one' ? { ...change.filter, ids: [await firstInstance(change)] } : change.filter;
      return send(body(filter, how !== 'do'), key);
    },
    onSuccess(batch, { whole: sent }) {
      ended();
      client.setQueryData(batchQuery(batch.id).queryKey, batch);
      setLatest(batch.id);
      // After the change a new dry run is required.
      setTriedAs(batch.dryRun ? JSON.stringify(sent) : undefined);
      if (!batch.dryRun) for (const key of ['statistics', 'batch-preview', 'batches']) stale(key);
    },
    onError(error, { whole: sent }) {
      ended(error);
      if (error instanceof NothingRuns) void message.info(t('ops.batch.nothing'));
      else if (!proposable.proposes(error, { act, body: sent as Record<string, never> }))
        void message.error(wordsOf(error).title, 8);
    },
  });
  const stale = (key: string) => void client.invalidateQueries({ queryKey: [key] });
  return {
    latest,
    tried: triedAs === JSON.stringify(whole),
    running: mutation.isPending ? mutation.variables.how : undefined,
    run: (how) => mutation.mutate({ how, whole }),
    close: () => setLatest(undefined),
    shown: proposable.shown,
  };
}

class NothingRuns extends Error {}

async function firstInstance({ process, version, filter: { ids, ...filter } }: Change): Promise<string> {
  const query = { ...filter, process, version, status: 'active' as const, limit: 1 };
  const first =
    ids?.[0] ??
    (await bodyOf(api.GET('/api/instances', { params: { query }, querySerializer: filtersAsText }))).items[0]?.id;
  if (first === undefined) throw new NothingRuns();
  return first;
}
