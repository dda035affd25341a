/** Weekly reports of satisfaction figures, one per facility. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../../db/schema.ts';

export interface QuestionFigures {
  /** `consultation`, `recovery` … */
  questionnaire: string;
  question: string;
  /** Number of answers. */
  count: number;
  mean: number;
  /** Share of scores 4 and 5, in percent. */
  satisfied: number;
}

export interface WeekFigures {
  /** Calls that ended in the period. */
  calls: number;
  sameDay: number;
  reached: number;
  messagesInstead: number;
  answered: number;
  /** Average of answered questionnaires, 20 to 100; absent: none was answered. */
  meanScore?: number;
  /** Over the preceding four weeks. */
  meanScoreBefore?: number;
  redFlags: number;
  /** Dealt with within two hours. */
  redFlagsInTime: number;
  complaints: number;
  remarksOpen: number;
  remarksSolved: number;
  questions: QuestionFigures[];
}

export interface WeekReport {
  /** `BJ/2027-03-05`: facility and local end date. */
  _id: string;
  facility: string;
  from: string;
  until: string;
  figures: WeekFigures;
}

const schema = rowSchema<WeekReport>({ facility: String, from: String, until: String, figures: anyJson });
schema.index({ facility: 1, until: -1 });
export const WeekReportModel = mongoose.model<WeekReport>('followUpReports', schema, 'followUpReports');

/** Inserts or replaces the report of a week. */
export async function saveWeekReport(report: WeekReport): Promise<void> {
  const { _id, ...fields } = report;
  await WeekReportModel.updateOne({ _id }, { $set: fields }, { upsert: true });
}

/** Newest first. */
export async function listWeekReports(facilities: string[] | undefined, limit: number): Promise<WeekReport[]> {
  return WeekReportModel.find(facilities ? { facility: { $in: facilities } } : {})
    .sort({ until: -1, facility: 1 })
    .limit(limit)
    .lean<WeekReport[]>();
}
