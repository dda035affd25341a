/** How an SMS says that its receiver can stop marketing: 拒收请回复R, as carriers ask for it, or another of the answers that stop it. */

const wording = /(?:拒收|退订)(?:请)?(?:回复|回)(?:R|T|TD|N|退订)(?![A-Za-z])|回复?(?:R|T|TD|N)(?:退订|拒收)/i;

export const hasOptOutWording = (text: string): boolean => wording.test(text.normalize('NFKC').replace(/\s/g, ''));
