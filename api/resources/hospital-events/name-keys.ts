/** What a patient's name is found by. */
import { comparable } from '../../../store/runtime/search-keys.ts';
import { initialsOf } from '../../http/initials.ts';

/** For a Chinese name also its suffixes, as characters and as initials. */
export function nameKeys(name: string): string[] {
  const letters = [...comparable(name).trim()];
  const initials = [...initialsOf(name)];
  const parts = (of: string[]) => of.map((_, from) => of.slice(from).join('').trim()).filter(Boolean);
  return /\p{Script=Han}/u.test(name) ? [...parts(letters), ...parts(initials)] : comparable(name).split(/\s+/);
}
