/** A binding as a plan keeps it: `latest`, `deployment`, or `versionTag:<tag>`. */
const tagged = 'versionTag:';

export const boundToTag = (tag: string): string => `${tagged}${tag}`;

/** The tag of a binding; undefined for the other kinds. */
export const tagOf = (binding: string): string | undefined =>
  binding.startsWith(tagged) ? binding.slice(tagged.length) : undefined;
