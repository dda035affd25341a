/** User-facing sentences of each problem, Chinese and English. `detail` and `hint` address client developers. */

import { en } from '../../engine/messages/en.ts';
import type { RefusalCode } from '../../engine/messages/refusals.ts';
import { zh } from '../../engine/messages/zh.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { ProblemCode, problemTitles } from './problem-codes.ts';

type ApiCode = Exclude<keyof typeof problemTitles, RefusalCode>;

export const problemWords: Record<ApiCode, LocalizedText> = {
  'already-decided': {
    zh: '此事已有决定，不能再次决定。',
    en: 'This has been decided already and cannot be decided again.',
  },
  'already-running': { zh: '该流程已在运行。', en: 'The process is running already.' },
  'audit-away': {
    zh: '操作记录暂时无法写入，此时不能办理或查看。请稍后再试，重复提交不会重复办理。',
    en: 'The audit trail cannot be written, and nothing is done or shown meanwhile. Try again in a moment; nothing is done twice.',
  },
  'built-in-job-type': {
    zh: '这是系统自带的任务类型，不能更改。请使用其他名称。',
    en: 'This job type is built in and cannot be changed. Choose another name.',
  },
  'business-key-taken': {
    zh: '该业务编号已被使用，且内容不同。请更换编号，或打开已有的流程。',
    en: 'The business key is in use with other content. Choose another key, or open the existing instance.',
  },
  'changed-meanwhile': {
    zh: '他人刚刚修改过。请重新查看后再改。',
    en: 'Somebody else has just changed this. Reload it, then repeat the change.',
  },
  'compiler-busy': {
    zh: '正在检查的流程文件太多。请稍后再试。',
    en: 'Too many files are being compiled. Try again in a moment.',
  },
  'cross-origin': {
    zh: '请求来自其他网站，已被拒绝。请从本系统的页面操作。',
    en: 'The request came from another site and was refused. Use the pages of this system.',
  },
  'database-away': {
    zh: '数据库暂时不可用。请稍后再试，重复提交不会重复办理。',
    en: 'The database is unavailable. Try again in a moment; nothing is done twice.',
  },
  'definition-refused': {
    zh: '流程定义有误，未部署。请按所列问题修改。',
    en: 'The definition has errors and was not deployed. Correct the problems listed.',
  },
  'episode-of-other': {
    zh: '该疗程属于另一位患者。请核对疗程号和病案号。',
    en: 'The episode belongs to another patient. Check the numbers of the episode and of the record.',
  },
  'event-id-reused': {
    zh: '该事件编号此前已用于另一条内容不同的事件。重复发送须内容一致，新事件须用新编号。',
    en: 'The event id was used for another event with other content. Repeat an event unchanged; give a new one its own id.',
  },
  'file-gone': {
    zh: '文件内容已过保留期，已删除，仅保留记录。',
    en: 'The content of the file is past its retention and was removed; its record remains.',
  },
  'file-withdrawn': {
    zh: '文件系误传，已撤回，不再提供。',
    en: 'The file was attached by mistake and withdrawn.',
  },
  'file-infected': {
    zh: '扫描发现病毒，文件未保存。请清除病毒后再上传，或不附此文件。',
    en: 'A virus was found and the file was not kept. Clean the file, or remove it.',
  },
  'file-too-large': {
    zh: '文件太大。请压缩或拆分后再上传。',
    en: 'The file is too large. Make it smaller or split it.',
  },
  'file-type-refused': {
    zh: '不接受此类文件。可上传照片、录音、PDF 和办公文档（docx、xlsx、pptx）；旧格式请另存为新格式。',
    en: 'This file type is not accepted. Use photos, recordings, PDF or office files (docx, xlsx, pptx); save older formats as one of these.',
  },
  'history-gone': {
    zh: '该流程的运行历史已过保留期，不能查看。',
    en: 'The history of this instance is past its retention and can no longer be read.',
  },
  'idempotency-key-invalid': { zh: '请求的防重编号无效。', en: 'The Idempotency-Key of the request is invalid.' },
  'idempotency-key-missing': { zh: '请求缺少防重编号。', en: 'The request has no Idempotency-Key.' },
  'idempotency-key-reused': {
    zh: '该防重编号已用于另一个请求。请重新提交。',
    en: 'The Idempotency-Key was used for another request. Submit again with a new one.',
  },
  'import-busy': {
    zh: '正在读取的导入文件太多。请稍后再试。',
    en: 'Too many import files are being read. Try again in a moment.',
  },
  'instance-busy': {
    zh: '该流程正忙，暂不知道是否办成。请稍后再次提交，不会重复办理。',
    en: 'The instance is busy, and it is not known yet whether this was done. Submit again in a moment; nothing is done twice.',
  },
  'instances-running': {
    zh: '仍有流程正在运行，不能这样做。请等待它们结束，或先迁移。',
    en: 'Instances are still running. Wait until they end, or migrate them first.',
  },
  internal: {
    zh: '系统出错，未能办理。请再试一次；若仍不行，请把请求编号告诉系统管理员。',
    en: 'An internal error occurred. Try again; if it persists, give the id of the request to the operators.',
  },
  'invalid-request': {
    zh: '有的内容填写不正确。请按提示修改。',
    en: 'Some fields are invalid. Correct those listed.',
  },
  'job-type-in-use': {
    zh: '仍有流程使用该任务类型，不能删除。',
    en: 'The job type is used by processes and cannot be removed.',
  },
  'last-administrator': {
    zh: '这是最后一位集团管理员，不能移除。请先指定另一位。',
    en: 'This is the last administrator of the group. Appoint another one first.',
  },
  'letter-not-failed': {
    zh: '该信件并未停止发送，无需重发。',
    en: 'The letter has not been given up, so it need not be sent again.',
  },
  'letter-not-waiting': {
    zh: '该信件已不在等待发送，不能放弃。',
    en: 'The letter is no longer waiting and cannot be given up.',
  },
  'malformed-request': { zh: '请求的格式有误，无法读取。', en: 'The request is malformed and cannot be read.' },
  'message-expired': { zh: '该消息已过有效期。', en: 'The message has expired.' },
  'message-id-taken': {
    zh: '该消息编号已用于另一条内容不同的消息。',
    en: 'The message id was used for another message with other content.',
  },
  'message-not-waiting': {
    zh: '该消息已被接收，不能撤回。',
    en: 'The message has been taken and cannot be withdrawn.',
  },
  'message-withdrawn': { zh: '该消息已撤回。', en: 'The message has been withdrawn.' },
  'messages-under-way': {
    zh: '仍有消息正在送达。请稍后再试。',
    en: 'Messages are still being delivered. Try again in a moment.',
  },
  'method-not-allowed': { zh: '此处不支持这种请求方式。', en: 'This method is not supported here.' },
  'monitoring-only': {
    zh: '运行指标只供监控系统查看。请在本机查看，或使用监控令牌。',
    en: 'Metrics are for monitoring. Ask on the machine itself, or with the monitoring token.',
  },
  'no-answer-in-time': {
    zh: '系统未能及时答复，暂不知道是否办成。请稍后再次提交，不会重复办理。',
    en: 'There was no answer in time, and it is not known yet whether this was done. Submit again in a moment; nothing is done twice.',
  },
  'no-longer-waiting': {
    zh: '流程已不再等待该消息。',
    en: 'The process no longer waits for this message.',
  },
  'no-second-person-needed': {
    zh: '此操作不涉及资金，可直接办理。',
    en: 'This does not move money and needs no second person; do it directly.',
  },
  'no-such-route': { zh: '没有这个地址。', en: 'There is no such address.' },
  'no-taker': {
    zh: '没有流程等待该消息，也没有流程由它启动。',
    en: 'No instance waits for this message, and none is started by it.',
  },
  'no-worker': {
    zh: '系统未能及时处理，暂不知道是否办成。请稍后再次提交，不会重复办理。',
    en: 'No worker answered in time, and it is not known yet whether this was done. Submit again; nothing is done twice.',
  },
  'not-a-candidate': {
    zh: '您不是该任务的办理人。请联系有此角色的同事，或请主管指派给您。',
    en: 'You are not a candidate for this task. Ask a colleague who has the role, or have it assigned to you.',
  },
  'not-a-starter': {
    zh: '您不能发起该流程。请联系可以发起的同事。',
    en: 'You may not start this process. Ask somebody who may.',
  },
  'not-withdrawable': {
    zh: '文件由上传者或流程负责人撤回。请联系其中一位。',
    en: 'A file is withdrawn by its uploader or those who lead the process. Ask one of them.',
  },
  'not-found': {
    zh: '没有找到，或您无权查看。请检查编号。',
    en: 'It was not found, or you may not see it. Check the id.',
  },
  'not-logged-in': {
    zh: '您尚未登录，或登录已过期。请重新登录。',
    en: 'You are not logged in, or your session has expired. Log in again.',
  },
  'not-in-bulk': {
    zh: '此任务要逐件办理，流程图不允许批量办理。请打开任务单独办理。',
    en: 'This task is completed one by one; its diagram does not allow to complete several at once. Open it and complete it there.',
  },
  'nothing-to-decide': { zh: '当前没有需要您决定的事项。', en: 'There is nothing to decide at present.' },
  'own-account': {
    zh: '不能管理自己的账号。请联系另一位管理员。',
    en: 'You may not administer your own account. Ask another administrator.',
  },
  'password-link-gone': {
    zh: '该密码设置凭证无效、已使用或已过期。请向管理员重新索取。',
    en: 'This password token is unknown, used or expired. Ask an administrator for a new one.',
  },
  'proposal-closed': { zh: '该提议已处理或已过期。', en: 'The proposal has been decided or has expired.' },
  'record-of-other': {
    zh: '该就诊、订单或预约号属于另一位患者，原记录没有改动。请核对号码与病案号。',
    en: 'The number of the visit, order or appointment belongs to another patient, whose record was left as it is. Check it and the number of the patient.',
  },
  refused: { zh: '流程拒绝了该操作，未作任何更改。', en: 'The process refused this; nothing was changed.' },
  'role-not-yours-to-give': {
    zh: '您不能授予或收回其中的角色。请联系有权的管理员。',
    en: 'You may not give or take all of these roles. Ask an administrator who may.',
  },
  'same-person': {
    zh: '您自己提交的操作须由他人复核。',
    en: 'You requested this yourself; another person must approve it.',
  },
  'scheduler-away': {
    zh: '定时启动服务暂时不可用。请稍后再试。',
    en: 'The scheduler is unavailable. Try again in a moment.',
  },
  'sent-elsewhere': {
    zh: '该消息或信号只能由专门的入口发出。',
    en: 'This message or signal can be sent only by the requests of its process.',
  },
  'schedules-running': {
    zh: '仍有定时启动，不能这样做。',
    en: 'Schedules are still running.',
  },
  'second-person-needed': {
    zh: '此操作涉及资金，须由一人提交、另一人复核。',
    en: 'This affects money: one person requests it, another approves it.',
  },
  'staff-active': { zh: '该人员仍可登录。请先停用。', en: 'The person can still log in. Disable them first.' },
  'staff-disabled': { zh: '该人员已停用。', en: 'The person is disabled.' },
  'facility-code-taken': {
    zh: '该院区代码已被使用。请更换，或修改已有的院区。',
    en: 'This facility code is taken. Choose another one, or change the facility that has it.',
  },
  'staff-id-taken': { zh: '该工号已被使用。请更换。', en: 'This staff id is taken. Choose another one.' },
  'staff-pseudonymised': {
    zh: '该人员已离职并去除姓名，不能恢复。',
    en: 'The person has left and the name was permanently removed.',
  },
  'started-elsewhere': {
    zh: '该流程须从专门的入口发起。',
    en: 'This process is started by a route of its own.',
  },
  'temporal-away': {
    zh: '流程服务暂时不可用。请稍后再试，重复提交不会重复办理。',
    en: 'Temporal is unavailable. Try again in a moment; nothing is done twice.',
  },
  'too-large': { zh: '提交的内容过大。', en: 'The request is too large.' },
  'headers-too-large': {
    zh: '请求的标头或网址过长。',
    en: 'The headers or the address of the request are too long.',
  },
  'range-outside': { zh: '所请求的范围超出文件大小。', en: 'The requested range is outside the file.' },
  'scanner-away': {
    zh: '病毒扫描暂时不可用，文件未保存。请稍后再试。',
    en: 'The virus scanner is unavailable and the file was not kept. Try again in a moment.',
  },
  'too-many-files': {
    zh: '您有太多已上传而未提交的文件。请先提交或移除。',
    en: 'You have too many files uploaded and not submitted. Submit or remove them first.',
  },
  'upload-too-slow': {
    zh: '上传太慢，已中断。请在网络好的地方重试。',
    en: 'The upload was too slow and was stopped. Try again over a better connection.',
  },
  'too-many': { zh: '涉及的流程过多。请缩小范围。', en: 'Too many instances are selected. Narrow the selection.' },
  'too-many-requests': { zh: '请求过于频繁。请稍后再试。', en: 'Too many requests. Try again later.' },
  'unsupported-media-type': { zh: '不支持这种内容格式。', en: 'This content type is not supported.' },
  'version-deactivated': {
    zh: '该版本已停用，不能发起新的流程。',
    en: 'The version is deactivated and starts no new instances.',
  },
  'wrong-facility': { zh: '您不属于该院区。', en: 'You do not belong to this facility.' },
  'wrong-password': { zh: '用户名或密码不正确。', en: 'The user name or password is wrong.' },
  'wrong-role': { zh: '您没有此操作所需的角色。', en: 'None of your roles may do this.' },
};

/** Refusals of an instance use the engine's texts, so that staff read the same sentence everywhere. */
export function wordsOf(code: ProblemCode): LocalizedText {
  if (!Object.hasOwn(en.refusals, code)) return problemWords[code as ApiCode];
  const refusal = code as RefusalCode;
  const [chinese, english] = [zh.refusals[refusal], en.refusals[refusal]];
  return { zh: `${chinese.message}${chinese.hint}`, en: `${english.message} ${english.hint}` };
}
