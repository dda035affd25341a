/** Finds what sources name outside of the clone. Whoever clones the project has nothing beside it. */
import { posix } from 'node:path';

/** A text without spaces and quotes that has `..` as a step of a path. */
const withStepsUp = /(?<=^|[\s'"`])[^\s'"`]*(?<![^/\s'"`}])\.\.(?![^/\s'"`])[^\s'"`]*/gm;
/** What stands before it, and what follows it, where it is one of several arguments that make a path. */
const amongSteps = /\b(?:join|resolve)\((?:[^()]|\([^()]*\))*['"]$/;
const furtherSteps = /^['"]((?:,\s*['"][^'"]*['"])+)/;
/** What stands before it where it does not begin at the file. */
const fromTheRoot = /(?:\broot|\bcwd\(\)),\s*['"`]$/;
const ofTheSystem =
  /(?<=['"`])(?:file:\/\/)?\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|private|proc|root|run|sbin|srv|sys|tmp|usr|var|Users|Volumes)\/[^\s'"`$]*/g;
const ofThePerson = /(?<=['"`])~\/[^\s'"`]*|\bhomedir\(\)|\benv(?:\.HOME\b|\['HOME'\])/g;

/**
 * Paths in a source that lead out of the clone, or of which reading does not tell: a path that begins with `..` is meant to begin at the
 * file, where the clone must have something; from the root, where programs run, it would lead outside.
 * @param file path of the source in the clone
 * @param isThere whether the clone has a file or folder of that path
 */
export function pathsOutside(file: string, text: string, isThere: (path: string) => boolean): string[] {
  const found: string[] = [];
  let judged = 0;
  for (const match of text.matchAll(withStepsUp)) {
    const [path] = match;
    if (match.index < judged) continue;
    const before = text.slice(Math.max(0, match.index - 200), match.index);
    const isQuoted = /['"`]$/.test(before);
    // Two dots alone in a sentence are no path.
    if (path === '..' && !isQuoted) continue;
    const rest = text.slice(match.index + path.length, match.index + path.length + 200);
    const after = (amongSteps.test(before) && furtherSteps.exec(rest)?.[1]) || '';
    judged = match.index + path.length + after.length;
    const whole = [path, ...[...after.matchAll(/['"]([^'"]*)['"]/g)].map((one) => one[1] ?? '')].join('/');
    if (fromTheRoot.test(before) || leaves(file, whole, isThere)) found.push(whole);
  }
  for (const pattern of [ofTheSystem, ofThePerson]) found.push(...[...text.matchAll(pattern)].map((match) => match[0]));
  return found;
}

function leaves(file: string, path: string, isThere: (path: string) => boolean): boolean {
  // Of a path that is put together when the program runs, what is known beforehand.
  const known = path.includes('${') ? path.slice(0, path.slice(0, path.indexOf('${')).lastIndexOf('/') + 1) : path;
  const further = known.replace(/^(?:\.\.(?:\/|$))+/, '');
  const stepsUpLater = `${further}/${path.slice(known.length)}`.split('/').includes('..');
  if (!known.startsWith('..') || stepsUpLater) return true;
  const reached = posix.normalize(posix.join(posix.dirname(file), known)).replace(/\/$/, '');
  // An import of a module that is not there does not pass the type check: what is left is a sample of one.
  return reached.startsWith('..') || !(isThere(reached) || /\.[cm]?[jt]s$/.test(reached));
}
