/** Kinds of inputs that several jobs share. */
import { z } from 'zod';

/** As a task header with commas, or as a list from FEEL. */
export const listOfTexts = () =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) =>
      (typeof value === 'string' ? value.split(',') : value).map((part) => part.trim()).filter((part) => part !== ''),
    );

export const amountCents = () => z.int().positive();

export const text = () => z.string().min(1);

/** Id of a message text of the definition (`messages.json`). */
export const messageTemplate = () => text().meta({ reference: 'message-template' });

/** The same of a job that writes to patients for marketing only. */
export const marketingTemplate = () =>
  text().meta({ reference: 'message-template', sends: { to: 'patient', lane: 'marketing' } });

export const language = () => z.enum(['zh', 'en']).default('zh');
