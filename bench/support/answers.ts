/** What people answer in a complaint that goes straight to its end. */
import type { Variables } from '../../engine/model/plan.ts';

/** A service complaint that ends with an apology. */
export const complaintAnswers: Record<string, Variables> = {
  AcceptComplaint: {},
  ContactPatient: { contactResult: 'reached' },
  Classify: { classification: 'service' },
  ProposePlan: { kind: 'apology' },
  DepartmentHeadApproval: { decision: 'approve' },
  PresidentApproval: { decision: 'approve' },
  Negotiate: { negotiationResult: 'agreed' },
  SignAgreement: { agreement: 'signed' },
  CloseCase: { outcome: 'satisfied' },
  InternalHandling: { penaltyLevel: 'none' },
  PreventRecurrence: {
    improvement: '增加术前复核',
    improvementOwner: 'cs-director-bj',
    improvementDueOn: '2026-12-31',
  },
};
