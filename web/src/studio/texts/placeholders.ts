/** What stands in braces in a text for people: values that the job which sends it is given. */

export const placeholdersIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{([^{}\s]+)\}/g)].map(([, name = '']) => name)),
];

/** Those that only one of two texts has: the other language would say less, or name what is not given. */
export function placeholdersInOne(text: string, other: string): string[] {
  const [own, others] = [placeholdersIn(text), placeholdersIn(other)];
  return [...own.filter((name) => !others.includes(name)), ...others.filter((name) => !own.includes(name))];
}
