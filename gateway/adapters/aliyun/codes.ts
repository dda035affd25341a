/** Meaning of Aliyun's error codes for a letter (Short Message Service, error codes of the API and of receipts). */
import type { Retry } from '../../port.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const retries: Record<string, Retry> = {
  'isp.SYSTEM_ERROR': { afterMs: minuteMs },
  'isp.RAM_PERMISSION_DENY': 'pause-lane',
  'isv.BUSINESS_LIMIT_CONTROL': { afterMs: hourMs },
  'isv.OUT_OF_SERVICE': 'pause-lane',
  'isv.AMOUNT_NOT_ENOUGH': 'pause-lane',
  'isv.ACCOUNT_ABNORMAL': 'pause-lane',
  'isv.ACCOUNT_NOT_EXISTS': 'pause-lane',
  'isv.PRODUCT_UN_SUBSCRIPT': 'pause-lane',
  'isv.DAY_LIMIT_CONTROL': 'pause-lane',
  'isv.MONTH_LIMIT_CONTROL': 'pause-lane',
  'isv.SMS_SIGNATURE_ILLEGAL': 'pause-lane',
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': 'pause-lane',
  'isv.SMS_SIGN_ILLEGAL': 'pause-lane',
  'isv.SMS_TEMPLATE_ILLEGAL': 'never',
  'isv.MOBILE_NUMBER_ILLEGAL': 'never',
  'isv.BLACK_PHONE_NUMBER': 'never',
  PhoneNumberInBlacklist: 'never',
  'isv.BLACK_KEY_CONTROL_LIMIT': 'never',
  'isv.PARAM_LENGTH_LIMIT': 'never',
  'isv.TEMPLATE_MISSING_PARAMETERS': 'never',
  'isv.INVALID_PARAMETERS': 'never',
  InvalidAccessKeyId: 'pause-lane',
  'InvalidAccessKeyId.NotFound': 'pause-lane',
  SignatureDoesNotMatch: 'pause-lane',
  ServiceUnavailable: { afterMs: minuteMs },
  InternalError: { afterMs: minuteMs },
};

/** Unknown codes are retried; the letter fails after some hours, visibly. */
export const aliyunRetry = (code: string): Retry =>
  retries[code] ?? (/^Throttling/.test(code) ? { afterMs: minuteMs } : { afterMs: 10 * minuteMs });

/** The number is on the carrier's blacklist, i.e. the person has opted out. */
export const refusesAliyun = (code: string): boolean =>
  code === 'PhoneNumberInBlacklist' || code === 'isv.BLACK_PHONE_NUMBER';
