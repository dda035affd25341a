/** Payments that refunds can be tried with. All are invented. */
import { countRefundable, savePayment } from '../../../../store/processes/refund/payments.ts';

const items = [
  '隆鼻手术',
  '玻尿酸填充',
  '光子嫩肤疗程',
  '双眼皮手术',
  '吸脂手术',
  '水光针疗程',
  '牙齿美白',
  '年度护肤套餐',
];
/** Yuan: from a treatment to what needs the general director (above 20,000) and the gm (above 50,000). */
const amounts = [680, 1980, 3800, 6800, 12_800, 19_800, 28_000, 46_000, 58_000, 88_000];
const refundableAtLeast = 60;

/** Payments that can still be refunded, more of them when the demo has used some up. */
export async function seedPayments(facility: string): Promise<void> {
  const { total, refundable } = await countRefundable(facility);
  for (let n = total + 1; n <= total + refundableAtLeast - refundable; n++) {
    await savePayment({
      _id: `PAY-${facility}-${String(n).padStart(4, '0')}`,
      facility,
      patient: `MR-${facility}-${String(n).padStart(4, '0')}`,
      item: items[n % items.length] ?? '疗程',
      method: n % 3 === 0 ? 'cash' : 'card',
      paidAt: '2026-06-01T02:00:00.000Z',
      paidCents: (amounts[n % amounts.length] ?? 1980) * 100,
    });
  }
}
