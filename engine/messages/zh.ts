/** The Chinese words of the engine's incidents, refusals and reports. The same codes and parameters as in the other language. */

import type { ExpectedType, ExpressionPart, IncidentParams } from '../model/incidents.ts';
import type { JsonExcess } from '../model/json-limits.ts';
import type { Catalogue } from './catalogue.ts';
import { causeInChinese } from './causes-in-chinese.ts';

const parts: Record<ExpressionPart, string> = {
  'activation-condition': '激活条件',
  'active-elements': '要启动的活动',
  assignee: '办理人',
  'business-key': '业务编号',
  'called-process': '被调用的流程',
  'candidate-groups': '候选角色',
  'candidate-users': '候选人',
  'completion-condition': '完成条件',
  condition: '条件',
  'correlation-key': '关联键',
  'data-assignment': '数据赋值',
  'data-transformation': '数据转换',
  decision: '决策',
  'due-date': '到期时间',
  'error-code': '错误代码',
  'escalation-code': '上报代码',
  'event-condition': '多实例的事件条件',
  'excluded-users': '回避人',
  'flow-condition': '路径的条件',
  'follow-up-date': '跟进时间',
  'input-collection': '输入集合',
  'input-mapping': '输入映射',
  'job-type': '任务类型',
  'listener-type': '监听的任务类型',
  'loop-cardinality': '多实例的次数',
  'loop-condition': '循环条件',
  'loop-maximum': '循环的最多次数',
  'message-name': '消息名',
  'output-element': '输出元素',
  'output-mapping': '输出映射',
  priority: '优先级',
  retries: '重试次数',
  script: '脚本',
  'signal-name': '信号名',
  timer: '定时',
};

const types: Record<ExpectedType, string> = {
  boolean: '真或假',
  text: '文字',
  list: '列表',
  'list-of-text': '文字的列表',
  number: '数字',
  priority: '0到100之间的整数',
  'whole-number': '整数',
  'staff-id': '工号',
};

function partOf({ part, name }: { part: ExpressionPart; name?: string }): string {
  return name === undefined ? parts[part] : `${parts[part]}（${name}）`;
}

/** Worded in Chinese where the engine wrote it; else quoted. */
const causeOf = (cause: string): string => causeInChinese(cause) ?? `原文：“${cause}”`;

function excess(of: JsonExcess): string {
  switch (of.reason) {
    case 'depth':
      return `嵌套超过${of.limit}层`;
    case 'size':
      return `超过${of.limit}个字符`;
    case 'type':
      return '不是JSON对象';
  }
}

function incident(params: IncidentParams): string {
  switch (params.reason) {
    case 'evaluation':
      return `${partOf(params)}“${params.expression}”无法求值。${causeOf(params.cause)}`;
    case 'variable-missing':
      return `${partOf(params)}“${params.expression}”用到的变量不存在。${causeOf(params.cause)}`;
    case 'wrong-type':
      return `${partOf(params)}应为${types[params.expected]}。`;
    case 'cardinality-missing':
      return '多实例没有说明次数。';
    case 'activity-outside':
      return '要启动的活动中有的不在此子流程之内。';
    case 'no-condition-holds':
      return '没有一个条件成立，也没有默认路径。';
    case 'visit-limit':
      return `在一步之内重复了${params.visits}次。`;
    case 'timer-chain':
      return `十分钟内已有 ${params.timers} 个定时接连触发，其间没有人、作业或消息参与。`;
    case 'element-kind':
      return `${params.kind} 不能执行。`;
    case 'decision-missing':
      return '没有说明用哪个决策。';
    case 'message-missing':
      return '没有说明发送什么。';
    case 'loop-missing':
      return '没有说明如何循环。';
    case 'event-not-thrown':
      return `${params.event} 事件不能抛出。`;
    case 'event-not-caught':
      return `${params.event} 事件不能等待。`;
    case 'link-target-missing':
      return `没有名为“${params.name}”的链接接收事件。`;
    case 'outside-transaction':
      return '不在事务之内，无法取消。';
    case 'decision-unknown':
      return `没有名为“${params.decision}”${params.tag === undefined ? '' : `、版本为“${params.tag}”`}的决策。`;
    case 'decision-variables':
      return `决策“${params.decision}”用到的变量不存在：${params.missing.map((name) => `“${name}”`).join('、')}。`;
    case 'decision-evaluation':
      return `决策“${params.decision}”无法得出结果。${causeOf(params.cause)}`;
    case 'call-depth':
      return `要调用的流程已是第 ${params.depth} 层，最多 ${params.limit} 层。`;
    case 'business-key-length':
      return `${params.process} 的业务编号写入实例编号后最多 ${params.limit} 字节：英文字母、数字、_ 和 - 计 1，汉字和其他半角符号计 3，其余字符计 6 至 12。`;
    case 'instance-count':
      return `要做 ${params.count} 次，最多 ${params.limit} 次。`;
    case 'descendants':
      return `引出它的最初实例，一天内经调用、消息和信号引出的实例已达 ${params.limit} 个。`;
    case 'no-occurrence':
      return '定时循环没有任何一次到期。';
    case 'not-a-time':
      return `${parts[params.part]}“${params.expression}”得到的不是日期${params.part === 'timer' ? '或时长' : ''}。`;
    case 'time-invalid':
      return `${parts[params.part]}“${params.expression}”得不出时间。${causeOf(params.cause)}`;
    case 'dates-of-calendar':
      return `按工作日历算不出日期。${causeOf(params.cause)}`;
    case 'error-uncaught':
      return params.cause === undefined
        ? `业务错误“${params.errorCode}”无人处理。`
        : `业务错误“${params.errorCode}”无人处理。${causeOf(params.cause)}`;
    case 'job':
      return `作业的报告：“${params.cause}”`;
    case 'call':
      return `被调用流程的报告：“${params.cause}”`;
    case 'job-timeout':
      return `工作进程在 ${params.timeout} 内没有完成。`;
    case 'heartbeat-timeout':
      return `工作进程在 ${params.timeout} 内没有心跳，可能已中断。`;
    case 'queue-timeout':
      return `任务队列“${params.taskQueue}”上没有工作进程在 ${params.timeout} 内接手作业类型“${params.jobType}”：进程未启动，或全部占满。`;
    case 'job-type-unregistered':
      return `没有登记作业类型“${params.jobType}”。`;
    case 'job-result-type':
      return `作业类型“${params.jobType}”的工作进程应答复一个变量对象，实际答复的是 ${params.got}。`;
    case 'job-result-unsealed':
      return `作业类型“${params.jobType}”的结果没有用作业密钥封装。`;
    case 'job-input-size':
      return `作业的输入有 ${params.megabytes} MB，超过 Temporal 每次可传送的 ${params.limit} MB：用输入映射只给它所需的变量。`;
    case 'job-result-size':
      return `作业带回的内容过大${params.megabytes === undefined ? '' : `（${params.megabytes} MB）`}，超过 Temporal 每次可传送的 ${params.limit ?? '2.0'} MB：让它少带，或只带编号。`;
    case 'thrown-size':
      return `要发出的内容有 ${params.megabytes} MB，超过 Temporal 每次可传送的 ${params.limit} MB：用输入映射只带所需的变量。`;
    case 'record':
      return `该实例的步骤记录（${params.what}）未能生成：${params.cause}`;
    case 'error-code-missing':
      return `业务错误没有给出代码。${causeOf(params.cause)}`;
    case 'listener':
      return `监听（${params.listener}）失败：${incident(params.failure)}`;
    case 'listener-correction':
      return `监听（${params.listener}）要更正的“${params.correction}”不合要求。`;
    case 'listener-denial':
      return `监听（${params.listener}）不能拒绝：任务的创建和取消不可拒绝。`;
    case 'call-cancelled':
      return '被调用的流程已取消。';
    case 'call-terminated':
      return '被调用的流程被从外部终止。';
    case 'assignee-unknown':
      return `指派给“${params.assignee}”，没有这位员工或其账号已停用。`;
    case 'candidates-unknown':
      return `候选人（${params.candidates.join('、')}）中，本院区没有可以办理的人。`;
    case 'assignment-empty':
      return '办理人和候选人都是空的，没有人会看到它。';
    case 'flows-unreachable':
      return '还在等的路径，已没有任何步骤能够到达。';
    case 'internal':
      return `处理“${params.event}”时引擎出错，本步未执行。${causeOf(params.cause)}`;
    case 'step-budget':
      return params.of === 'tokens'
        ? `处理“${params.event}”时一步内的令牌超过${params.limit}个，本步未执行。`
        : `处理“${params.event}”时表达式在一步内产生的数据超过${params.limit}个字符，本步未执行。`;
    case 'variables-excess':
      return `“${params.event}”带来的变量${excess(params.excess)}，未予接收。`;
    case 'rows-refused':
      return `数据库拒绝写入：${params.rows.join('、')}。${causeOf(params.cause)}其余数据照常写入，流程继续。`;
    case 'state-size':
      return `实例的数据有 ${params.megabytes} MB，超过 Temporal 每次可传送的 ${params.limit} MB，不能交接给下一次运行。流程在本次运行中继续，但历史满 51,200 个事件时会被 Temporal 终止。`;
  }
}

export const zh: Catalogue = {
  incidents: {
    'bad-timer': { title: '时间无法确定', hint: '更正时间所用的变量后重试。' },
    'business-key-too-long': {
      title: '业务编号过长',
      hint: '更正业务编号所用的变量后重试；流程编号本身过长时更正流程图并迁移。',
    },
    'call-failed': { title: '被调用的流程失败', hint: '查看被调用的流程，排除原因后重试。' },
    'call-too-deep': {
      title: '调用层数过多',
      hint: '流程很可能在不断调用自己：更正决定是否再调用的变量后重试；流程图有误时更正并迁移。',
    },
    'decision-failed': {
      title: '决策没有得出结果',
      hint: '更正决策用到的变量后重试；规则有误时更正决策表，部署后迁移。',
    },
    'endless-loop': {
      title: '流程空转',
      hint: '更正循环条件用到的变量后重试；定时循环应等得久一些：更正流程图并迁移。',
    },
    'expression-failed': {
      title: '表达式无法求值',
      hint: '更正表达式用到的变量后重试；表达式本身有误时更正流程图并迁移。',
    },
    'expression-too-costly': {
      title: '表达式开销过大',
      hint: '减少表达式处理的数据后重试；表达式本身开销过大时更正流程图并迁移。',
    },
    'job-failed': {
      title: '自动任务失败',
      hint: '排除原因后重试；若是输入有误，先更正此步骤自己的变量（scope 为故障的 key），再重试。',
    },
    'join-unreachable': { title: '汇合永远等不齐', hint: '更正流程图并迁移，或取消此流程。' },
    'missing-variable': { title: '缺少变量', hint: '设置缺少的变量后重试。' },
    'no-flow': { title: '没有可走的路径', hint: '更正条件用到的变量后重试，或在流程图中补充默认路径并迁移。' },
    'no-worker': {
      title: '没有工作进程接手',
      hint: '启动在该任务队列上提供此活动的工作进程；作业仍在排队，有进程接手后自动继续，无需重试。',
    },
    'record-failed': {
      title: '记录未能生成',
      hint: '该步骤本身有效。更正其中用到的变量，或由新版本的工作程序修复，然后重试；实例之后的每一步也会重新生成。',
    },
    'too-many-descendants': {
      title: '引出的实例过多',
      hint: '流程很可能在经调用、消息或信号不断发起自己：更正流程图，取消多余的实例（可按最初实例批量取消），再迁移并重试。确是正常业务时，调高 CARELOOP_DESCENDANTS_PER_DAY 后重试。',
    },
    'too-many-instances': {
      title: '多实例次数过多',
      hint: '更正次数或集合所用的变量后重试；确实需要这么多时，分批由多个流程处理。',
    },
    'unhandled-error': { title: '业务错误无人处理', hint: '排除原因后重试，或在流程图中为此错误添加处理并迁移。' },
    'unknown-job-type': {
      title: '作业类型没有登记',
      hint: '登记由哪个任务队列处理（PUT /api/job-types/…），或更正类型所用的变量，再重试。',
    },
    unsupported: { title: '此元素不能执行', hint: '更正流程图并迁移。' },
    'unknown-assignee': {
      title: '办理人不存在',
      hint: '指派给他人；或更正办理人所用的变量后重试。',
    },
    'no-eligible-user': {
      title: '没有人能办理',
      hint: '指派给他人；或为本院区的员工加上该角色后重试。',
    },
    'assigned-to-nobody': {
      title: '任务没有指明由谁办理',
      hint: '更正办理人或候选人所用的变量后重试。',
    },
    'internal-error': {
      title: '引擎内部错误',
      hint: '事件已保留：更正变量或更新程序后重试；跳过则放弃这些事件。',
    },
    'step-too-long': {
      title: '一步过长',
      hint: '检查流程图中没有等待的循环和过大的数量，更正变量或迁移后重试；跳过则放弃这些事件。',
    },
    'variables-rejected': {
      title: '变量无法接收',
      hint: '请发送方更正变量后重新发送。实例尚未开始的，补上变量后重试即开始；其他情况重试只清除此提示。',
    },
    'rows-refused': {
      title: '数据无法写入数据库',
      hint: '列表、待办或记录可能不完整，以流程本身（解释、变量）为准。更正其中的变量（过大，或名称不被数据库接受）；此后的写入成功即自动消除，无需重试。',
    },
    'thrown-too-large': {
      title: '发出的内容过大',
      hint: '用输入映射只带接收方所需的变量，或把大的变量设为 null 或编号（设置变量），然后重试。',
    },
    'state-too-large': {
      title: '实例数据过大',
      hint: '把大的变量设为 null，或换成编号、由作业自行查询（设置变量）；变小后自动交接，无需重试。',
    },
  },
  incident,
  refusals: {
    'no-candidates': {
      message: '这项任务只指派给您，没有候选人，放回后没有人能看到它。',
      hint: '请主管或运维转派给他人。',
    },
    'already-claimed': { message: '这项任务已由他人领取。', hint: '请领取人退回，或由主管转派。' },
    'answer-too-large': {
      message: '内容过大，无法一次取回。',
      hint: '请按名称或范围逐项查看，或请运维人员减小过大的变量。',
    },
    'already-paused': { message: '它已经暂停。', hint: '恢复后会继续。' },
    'bad-time-to-live': { message: '有效时长不是合法的时长。', hint: '按 ISO 8601 填写，例如 PT1H。' },
    'cannot-skip': { message: '这里不能跳过：走哪条路径无从得知。', hint: '更正数据后重试，或把令牌移到要去的元素。' },
    'clock-is-real': {
      message: '此流程按真实时间运行，时钟不能拨动。',
      hint: '只有演练（发起时另给了时钟的）才能往前拨。',
    },
    'decisions-needed': { message: '迁移还有需要决定的事项，未作任何改动。', hint: '按报告逐项给出对应元素后再迁移。' },
    'denied-by-listener': { message: '系统核对后没有准许这一步。', hint: '按所给的理由更正后再试。' },
    'flow-needed': {
      message: '这是一个汇合：请指明令牌从哪条路径到达，否则计数会错。',
      hint: '给出 flow，或从汇合之后开始。',
    },
    'flow-wrong': { message: '这条路径不通向该元素。', hint: '核对路径编号。' },
    'form-invalid': { message: '填写的内容有误。', hint: '按每一项的说明更正后再提交。' },
    'inner-instance': { message: '这是多实例中的一个，不能单独移动或取消。', hint: '请指明整个活动。' },
    'join-count': {
      message: '这样做以后，有汇合会多等或永远等不齐令牌。',
      hint: '同时处理那个汇合：移动它、取消它，或为缺的路径补上令牌。',
    },
    malformed: { message: '请求的内容不完整或格式不对。', hint: '请对照接口说明。' },
    'mapping-unknown': { message: '对应关系中有流程图里没有的元素。', hint: '核对元素编号。' },
    'named-twice': { message: '同一项被指明了两次。', hint: '每一项只给一条指令。' },
    'message-not-expected': {
      message: '此流程目前不等待这条消息。',
      hint: '核对消息名与关联键；如果应当稍后送达，请给出有效时长。',
    },
    'not-a-token': { message: '这一项不是令牌，不能移动或单独取消。', hint: '请指明它所在的任务、子流程或网关。' },
    'not-active': { message: '此流程不在运行。', hint: '刷新后查看它的结果。' },
    'not-evaluated': { message: '要启动的部分无法确定。', hint: '先更正变量。' },
    'not-paused': { message: '它没有暂停。', hint: '无需恢复。' },
    'not-startable': {
      message: '不能从这个元素开始。',
      hint: '请指明任务、事件、网关或子流程；边界事件与事件子流程只能等待发生。',
    },
    'not-the-assignee': { message: '这项任务不在您名下。', hint: '先领取，或请主管转派。' },
    'nothing-after': { message: '这个元素之后没有路径。', hint: '请指明另一个元素。' },
    'nothing-there': { message: '该元素处没有等待中的令牌。', hint: '刷新后查看它停在哪里。' },
    'nothing-to-do': { message: '没有任何指令。', hint: '至少给出一条指令。' },
    'nothing-to-retry': { message: '这里没有可以重试的故障。', hint: '刷新后查看当前状态。' },
    'nothing-to-skip': {
      message: '这里没有可以跳过的故障。',
      hint: '只有停住的步骤才能跳过；任务请办结，其余等待请用修改（modify）移动。',
    },
    'identity-fixed': {
      message: '业务编号、院区、发起人和发起时间在流程开始时确定，不能改写。',
      hint: '去掉所列的名称。',
    },
    'not-declared': {
      message: '带来了流程图没有声明的内容。',
      hint: '去掉所列的名称；确需接收的，请在流程图的输出映射或表单中声明。',
    },
    'money-element': { message: '涉及款项的步骤不能跳过。', hint: '排除原因后重试；或取消流程，预留金额随之释放。' },
    'other-instance': {
      message: '封装的请求没有写明这个流程实例。',
      hint: '在内容里用 instance 写明工作流编号，再封装一次。',
    },
    'other-person': {
      message: '请求写的是另一个人，而不是封装它的人。',
      hint: '去掉 by：在编解码接口封装的，就是登录者本人的操作。',
    },
    'other-process': { message: '新流程图是另一个流程。', hint: '只能迁移到同一流程的另一版本。' },
    'own-application': { message: '不能办理本人的申请。', hint: '请由其他有权限的人办理。' },
    'reason-missing': { message: '请写明理由。', hint: '填写理由后再试。' },
    'role-not-held': { message: '封装此请求的人在本院区没有可以这样做的角色。', hint: '请由有此角色的人办理。' },
    'scope-ambiguous': { message: '元素所在的子流程有几个在运行。', hint: '用 scope 指明是哪一个。' },
    'scope-cancelled': { message: '要启动的元素所在的部分，同时被另一条指令取消。', hint: '去掉其中一条指令。' },
    'scope-not-active': {
      message: '元素所在的子流程不在运行。',
      hint: '改为启动该子流程，或允许为它新建（createScopes）。',
    },
    'scope-not-creatable': {
      message: '元素所在的子流程不能新建：它重复执行或由事件启动。',
      hint: '请启动整个子流程。',
    },
    'scope-wrong': { message: '指明的子流程不是元素所在的那个。', hint: '核对 scope。' },
    'seal-expired': { message: '这份请求在编解码接口封装得太久了。', hint: '请重新发送：个人封装的请求十分钟内有效。' },
    'seal-repeated': { message: '同一份封装的请求已经来过，这是复制品。', hint: '请查明谁能写入 Temporal。' },
    'system-only': { message: '这个消息只由系统自己发送。', hint: '请改用接口里相应的请求。' },
    'task-busy': { message: '上一步操作还在由系统核对。', hint: '稍后刷新再试。' },
    'task-gone': { message: '这项任务已经办结。', hint: '刷新后查看由谁、何时办结。' },
    'unknown-element': { message: '流程图中没有这个元素。', hint: '核对元素编号。' },
    'unknown-key': { message: '没有这一项，或它早已结束。', hint: '刷新后再试。' },
    'unknown-schedule': { message: '没有这个定时启动。', hint: '请查看最新版本的定时启动列表。' },
    'internal-error': { message: '引擎出错，操作未执行。', hint: '请联系运维人员：事件处理失败时实例上有异常记录。' },
    'variables-rejected': {
      message: '变量嵌套过深、过大或不是JSON，未予接收。',
      hint: '减少嵌套层数或数据量；大的内容存为文件，只传编号。',
    },
    'unknown-start-event': { message: '流程图中没有这个开始事件。', hint: '核对开始事件的编号。' },
    'unknown-version': { message: '没有部署这个版本。', hint: '先部署，再迁移。' },
    unsealed: { message: '这份请求没有用办理密钥封装，未予执行。', hint: '请通过接口办理，或在编解码接口封装。' },
    'whole-instance': { message: '这是整个流程。', hint: '要结束流程请用取消。' },
  },
  migrationLines: {
    stays: (name) => `“${name}”不变。`,
    moves: (name, to) => `“${name}”移到“${to}”。`,
    created: (name) => `新增“${name}”。`,
    mapped: (name) => `按要求结束“${name}”。`,
    'inside-dropped': (name) => `“${name}”随所在部分一起结束。`,
    'guard-gone': (name) => `新流程图中没有“${name}”，不再等待。`,
    'element-gone': (name) => `新流程图中没有“${name}”，请指明移到哪里。`,
    'kind-changed': (name, to) => `“${name}”与“${to}”不是同一类元素，请指明移到哪里。`,
    'scope-changed': (name, to) => `“${to}”所在的子流程与“${name}”的不同，请指明移到同一子流程中的元素，或先移动令牌。`,
    'loop-changed': (name) => `“${name}”的循环方式变了，不能就地继续。`,
    'events-changed': (name) => `“${name}”等待的事件种类变了，请指明移到哪里。`,
    'flow-gone': (name, flow) => `“${name}”已到的路径“${flow}”在新流程图中不再通向这里，请指明对应的路径。`,
    'host-changed': (name, to) => `“${to}”不在“${name}”原来所在的活动上。`,
    'handler-gone': (name) => `撤销“${name}”的步骤在新流程图中没有了。`,
    'last-token': (name) => `“${name}”是所在部分唯一在走的令牌，不能就此结束；请指明移到哪里，或取消整个流程。`,
    'evaluation-failed': (name, why) => `“${name}”在新流程图中无法确定：${why}`,
  },
  modificationLines: {
    cancelled: (name) => `“${name}”结束。`,
    created: (name) => `“${name}”开始。`,
    stopped: (name) => `“${name}”开始，并停在那里。`,
  },
};
