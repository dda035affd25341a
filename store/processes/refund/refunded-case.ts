/** The case of a refund: its patient, and the amount its plan allows (docs/domain.md#refund-and-compensation). */
import { createHash } from 'node:crypto';
import { ComplaintModel } from '../complaint/complaints.ts';
import { findDrawnForCase, isOf, type RefundSubject } from './payments.ts';

export interface RefundedCase {
  /** Absent: the case has no intake. */
  patient?: { key: string; recordNumber?: string };
  /** Amount of the plan not drawn by refunds; absent: the case has no plan yet. */
  leftCents?: number;
}

/**
 * @param caller workflow id of the caller of the refund
 * @param refund the requesting refund, whose own share is not counted
 * @returns undefined when it is no case of this facility
 */
export async function findRefundedCase(
  caller: string,
  refund: Omit<RefundSubject, 'at'>,
): Promise<RefundedCase | undefined> {
  const { facility } = refund;
  const found = await ComplaintModel.findOne({ instance: caller, facility }, { intake: 1, planAmountCents: 1 }).lean();
  if (!found) return undefined;
  const { intake, planAmountCents } = found;
  const drawn = await findDrawnForCase(caller, facility);
  const used = drawn.filter((one) => !isOf(refund, one)).reduce((sum, one) => sum + one.amountCents, 0);
  return {
    ...(intake && { patient: patientOf(intake.patient) }),
    ...(planAmountCents !== undefined && { leftCents: planAmountCents - used }),
  };
}

/** Patients without a record number are distinguished by a digest of name and phone. */
function patientOf({ name, phone, recordNumber }: { name: string; phone?: string; recordNumber?: string }) {
  if (recordNumber) return { key: `record ${recordNumber}`, recordNumber };
  const digest = createHash('sha256')
    .update(JSON.stringify([name, phone ?? null]))
    .digest('hex');
  return { key: digest.slice(0, 32) };
}
