/** What everything else is made of: values, ids, expressions and the words of people. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Variables = Record<string, Json>;

export type ElementId = string;
export type FlowId = string;

/** FEEL source without its leading `=`, or a constant that was written as such. */
export type Expression = { feel: string } | { literal: string };

/** Words a person reads, Chinese first. */
export interface LocalizedText {
  zh: string;
  en: string;
}
