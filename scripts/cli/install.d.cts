export function installThenRun(): Promise<void>;
/** Whether node_modules in that folder holds what package-lock.json there says. */
export function isInstalled(folder: string): boolean;
/** @param options more of `npm ci` */
export function install(folder: string, isSkipped: boolean, options?: string[]): Promise<void>;
