export function installThenRun(): Promise<void>;
/** Whether node_modules in that folder holds what package-lock.json there says. */
export function isInstalled(folder: string): boolean;
export function install(folder: string, isSkipped: boolean): Promise<void>;
