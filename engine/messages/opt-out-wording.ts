/** How an SMS says that its receiver can stop marketing: 拒收请回复R, as carriers ask for it, or another of the answers that stop it. */

/** Answers to an SMS that stop marketing. */
export const optOutAnswers: readonly string[] = ['R', 'T', 'TD', 'N', '退订'];

const any = optOutAnswers.join('|');
const wording = new RegExp(`(?:拒收|退订)请?回复?(?:${any})(?![A-Za-z])|回复?(?:${any})(?:退订|拒收)`, 'i');

export const hasOptOutWording = (text: string): boolean => wording.test(text.normalize('NFKC').replace(/\s/g, ''));
