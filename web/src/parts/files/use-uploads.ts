/** Running and failed uploads with their progress. Finished ones are removed from the list. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { newIdempotencyKey } from '../../api/client.ts';
import { type FileInfo, type UploadPlace, upload } from './upload.ts';

export interface RunningUpload {
  key: string;
  file: File;
  /** 0 to 1. */
  part: number;
  /** Why it has failed. */
  error?: unknown;
}

export interface Uploads {
  running: readonly RunningUpload[];
  add(files: Iterable<File>): void;
  retry(key: string): void;
  /** Stops it, or takes a failed one off the list. */
  drop(key: string): void;
}

export function useUploads(place: UploadPlace, onDone: (file: FileInfo) => void): Uploads {
  const [running, setRunning] = useState<readonly RunningUpload[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const latest = useRef({ place, onDone });
  latest.current = { place, onDone };
  useEffect(() => {
    const all = stops.current;
    return () => {
      for (const stop of all.values()) stop.abort();
    };
  }, []);
  const change = useCallback((key: string, to: Partial<RunningUpload>) => {
    setRunning((list) => list.map((one) => (one.key === key ? { ...one, ...to } : one)));
  }, []);
  const remove = useCallback((key: string) => setRunning((list) => list.filter((one) => one.key !== key)), []);
  const run = useCallback(
    async (key: string, file: File) => {
      const stop = new AbortController();
      stops.current.set(key, stop);
      try {
        const { signal } = stop;
        const onProgress = (part: number) => change(key, { part });
        const done = await upload(file, latest.current.place, { key, signal, onProgress });
        remove(key);
        latest.current.onDone(done);
      } catch (error) {
        if (!stop.signal.aborted) change(key, { error });
      } finally {
        stops.current.delete(key);
      }
    },
    [change, remove],
  );
  return {
    running,
    add(files) {
      const added = [...files].map((file) => ({ key: newIdempotencyKey(), file, part: 0 }));
      setRunning((list) => [...list, ...added]);
      for (const { key, file } of added) void run(key, file);
    },
    retry(key) {
      const one = running.find((each) => each.key === key);
      if (!one) return;
      setRunning((list) => list.map(({ error: _failed, ...each }) => (each.key === key ? { ...each, part: 0 } : each)));
      void run(key, one.file);
    },
    drop(key) {
      stops.current.get(key)?.abort();
      remove(key);
    },
  };
}
