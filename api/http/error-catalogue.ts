/** All codes that clients may meet, with their texts: for the page /docs/errors and for docs/errors.md. */
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
        'The member `code` of a response of kind `application/problem+json` (RFC 9457). `words` says to people, in Chinese and in English, what happened and what to do; `detail` and `hint` say it to who writes the client.',
      codes: Object.entries(problemWords)
        .map(([code, words]) => ({
          code,
          lines: [`${problemTitles[code as keyof typeof problemWords]}. ${words.en}`, words.zh],
        }))
        .sort(byCode),
    },
    {
      title: 'Refusals',
      about: 'A running instance refuses a request and nothing changes. They arrive as problems, most with status 409.',
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
        'Why an element of an instance is stopped, in `incidents` of an instance. `params.reason` says which message it is, the other parameters fill it in.',
      codes: Object.entries(en.incidents)
        .map(([code, { title, hint }]) => {
          const chinese = zh.incidents[code as keyof typeof zh.incidents];
          return { code, lines: [`${title}. ${hint}`, `${chinese.title}。${chinese.hint}`] };
        })
        .sort(byCode),
    },
  ];
}
