/** Meaning of Tencent Cloud's SMS error codes for a letter. */
import type { Retry } from '../../port.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const retries: [pattern: RegExp, retry: Retry][] = [
  [/^FailedOperation\.InsufficientBalanceInSmsPackage$/, 'pause-lane'],
  [/^FailedOperation\.SignatureIncorrectOrUnapproved$/, 'pause-lane'],
  [/^FailedOperation\.(TemplateIncorrectOrUnapproved|ContainSensitiveWord|MarketingSendTimeConstraint)$/, 'never'],
  [/^FailedOperation\.PhoneNumberInBlacklist$/, 'never'],
  [/^LimitExceeded\.(AppDailyLimit|DailyLimit|AppCountryOrRegionDailyLimit|AppGlobalDailyLimit)$/, 'pause-lane'],
  [/^LimitExceeded\.PhoneNumber(OneHourLimit|ThirtySecondLimit)$/, { afterMs: hourMs }],
  [/^LimitExceeded\.(PhoneNumberDailyLimit|PhoneNumberSameContentDailyLimit)$/, { afterMs: dayMs }],
  [/^LimitExceeded\.DeliveryFrequencyLimit$/, { afterMs: minuteMs }],
  [/^RequestLimitExceeded/, { afterMs: minuteMs }],
  [/^(AuthFailure|UnauthorizedOperation|UnsupportedOperation|ResourceNotFound)/, 'pause-lane'],
  [/^InvalidParameter/, 'never'],
  [/^MissingParameter/, 'never'],
];

/** Unknown codes are retried; the letter fails after some hours, visibly. */
export const tencentRetry = (code: string): Retry =>
  retries.find(([pattern]) => pattern.test(code))?.[1] ?? { afterMs: 10 * minuteMs };

/** The number is on the carrier's blacklist, i.e. the person has opted out. */
export const refusesTencent = (code: string): boolean => code === 'FailedOperation.PhoneNumberInBlacklist';
