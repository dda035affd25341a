/** Catalogue of all error codes with their texts, for /docs/errors and docs/errors.md. */
import { en } from '../../engine/messages/en.ts';
import { zh } from '../../engine/messages/zh.ts';
import { problemTitles } from './problem-codes.ts';
import { problemWords } from './problem-words.ts';

interface CodeText {
  code: string;
  /** Sentences in English and Chinese. */
  lines: string[];
}

export interface CodeSection {
  title: string;
  about: string;
  codes: CodeText[];
}

const byCode = (a: CodeText, b: CodeText): number => (a.code < b.code ? -1 : 1);

export function errorCatalogue(): CodeSection[] {
  const refusals = Object.entries(en.refusals);
  return [
    {
      title: 'Problems',
      about:
        'The member `code` of a response of kind `application/problem+json` (RFC 9457). `words` is for users, in Chinese and English: what happened and what to do; `detail` and `hint` are for client developers.',
      codes: Object.entries(problemWords)
        .map(([code, words]) => ({
          code,
          lines: [`${problemTitles[code as keyof typeof problemWords]}. ${words.en}`, words.zh],
        }))
        .sort(byCode),
    },
    {
      title: 'Refusals',
      about: 'A running instance refused a request; nothing was changed. Returned as problems, most with status 409.',
      codes: refusals
        .map(([code, { message, hint }]) => {
          const chinese = zh.refusals[code as keyof typeof zh.refusals];
          return { code, lines: [`${message} ${hint}`, `${chinese.message}${chinese.hint}`] };
        })
        .sort(byCode),
    },
    {
      title: 'Incidents',
      about:
        'Why an element is stopped, in `incidents` of an instance. `params.reason` selects the message, the other parameters fill it in.',
      codes: Object.entries(en.incidents)
        .map(([code, { title, hint }]) => {
          const chinese = zh.incidents[code as keyof typeof zh.incidents];
          return { code, lines: [`${title}. ${hint}`, `${chinese.title}。${chinese.hint}`] };
        })
        .sort(byCode),
    },
  ];
}
