/** Which process: its id and when it started, so that a reused id is not taken for it. */
export interface ProcessIdentity {
  pid: number;
  started?: string | undefined;
}
export interface HeldLock {
  ok: true;
  /** The lock now belongs to that process and lasts as long as it does. */
  handOver(pid: number): void;
  release(): void;
}
export interface RefusedLock {
  ok: false;
  holder: ProcessIdentity;
}
export function identify(pid: number): ProcessIdentity;
export function isAlive(identity: ProcessIdentity): boolean;
export function tryLock(file: string): HeldLock | RefusedLock;
export function lock(file: string, onWait?: (holder: ProcessIdentity) => void): Promise<HeldLock>;
