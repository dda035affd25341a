/** What somebody's worker calls (docs/job-workers.md), for the tests: a card is covered unless it is empty, and broken cards cannot be charged. */
interface Charge {
  cents: number;
  card: string;
  memo: string;
}

export const isCovered = async ({ card }: Charge): Promise<boolean> => card !== 'empty';

export async function chargeCard({ cents, card, memo }: Charge, key: string): Promise<string> {
  console.log(`charges ${key}`);
  if (card === 'broken') throw new Error(`The bank says of it: ${memo}`);
  return `${key} ${cents} ${memo}`;
}
