/** The outbox of the simulated carrier as a page to read: no scripts, newest first. */
import { isDeepStrictEqual } from 'node:util';
import { smsSegments } from '../../engine/messages/sms-segments.ts';
import type { Message } from './messages.ts';
import { type Scenario, scenarioNamed, scenarioNames } from './scenario.ts';

const shown = 200;

const states = { taken: '已接收 taken', delivered: '已送达 delivered', failed: '未送达 failed' } as const;
const receipts = {
  due: '待通知 due',
  told: '已通知 told',
  refused: '对方未接收 not taken',
  lost: '已丢失 lost',
} as const;

export interface Outbox {
  messages: readonly Message[];
  /** By its clock, epoch milliseconds. */
  now: number;
  isAway: boolean;
  scenario: Scenario;
}

export function outboxPage({ messages, now, isAway, scenario }: Outbox): string {
  const newest = messages.toReversed().slice(0, shown);
  const sendings = new Map<string, number>();
  for (const { mark } of messages) sendings.set(mark, (sendings.get(mark) ?? 0) + 1);
  const rows = newest.map((message) => rowOf(message, (sendings.get(message.mark) ?? 1) > 1)).join('\n');
  const table =
    newest.length === 0
      ? '<p>还没有短信。No messages yet.</p>'
      : `<table><thead><tr><th>时间 Time</th><th>号码 Number</th><th>内容 Text</th><th>状态 State</th><th>回复 Reply</th></tr></thead>
<tbody>${rows}</tbody></table>`;
  return `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>短信模拟运营商 · SMS simulator</title><style>${style}</style></head>
<body><header><h1>短信模拟运营商 <small>SMS carrier simulator</small></h1>
<p>演示用：短信只到这里，不会发到任何手机。For demos: messages end here and reach no telephone.
共 ${messages.length} 条 in all · 运营商时间 its time ${localTime(now)}${isAway ? ' · <b class="bad">中断 away</b>' : ''}</p>
<div class="acts"><a class="button" href="/">刷新 Refresh</a>
<form method="post" action="/scenario"><select name="name" aria-label="场景 Scenario">${scenarioOptions(scenario)}</select>
<button>换场景 Use scenario</button></form>
<form method="post" action="/clock"><button name="advanceMs" value="3600000">快进一小时 +1 h</button>
<button name="advanceMs" value="86400000">快进一天 +1 d</button></form></div></header>
<main>${table}</main></body></html>`;
}

/** One that was set by a file or a request has no name. */
function scenarioOptions(scenario: Scenario): string {
  const current = scenarioNames.find((name) => isDeepStrictEqual(scenarioNamed(name), scenario));
  const own = current === undefined ? '<option value="" selected disabled>–</option>' : '';
  return `${own}${scenarioNames.map((name) => `<option${name === current ? ' selected' : ''}>${name}</option>`).join('')}`;
}

function rowOf(message: Message, isDouble: boolean): string {
  const { takenAt, address, text, lane, facility, state, code, receipt, unanswered } = message;
  const notes = [
    ...(code === undefined ? [] : [code]),
    `回执 receipt: ${receipts[receipt]}`,
    ...(unanswered ? ['未答复 unanswered'] : []),
    ...(isDouble ? ['<b class="bad">重复 sent twice</b>'] : []),
  ];
  return `<tr><td>${localTime(Date.parse(takenAt))}<br><small>${escaped(facility)} · ${escaped(lane)}</small></td>
<td>${escaped(address)}</td><td class="text">${escaped(text)}<br><small>${smsSegments(text)} 条计费 segments</small></td>
<td><span class="${state === 'failed' ? 'bad' : ''}">${states[state]}</span><br><small>${notes.join(' · ')}</small></td>
<td><form method="post" action="/replies"><input type="hidden" name="from" value="${escaped(address)}">
<input name="text" required maxlength="500" aria-label="回复 Reply" placeholder="1、2、3、R">
<button>回复 Reply</button></form></td></tr>`;
}

/** Carriers count in the time of China. */
const localTime = (ms: number): string => new Date(ms).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, 'Noto Sans CJK SC', 'PingFang SC', sans-serif; }
body { margin: 0 auto; max-width: 1200px; padding: 16px; }
h1 { font-size: 22px; margin: 0; } h1 small, small { color: color-mix(in srgb, currentColor 65%, transparent); font-weight: 400; }
.acts, form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
button, .button, input, select { font: inherit; min-height: 36px; padding: 4px 12px; box-sizing: border-box; border: 1px solid color-mix(in srgb, currentColor 35%, transparent); border-radius: 6px; background: transparent; color: inherit; text-decoration: none; }
input { width: 110px; } button:hover, .button:hover { border-color: currentColor; }
table { border-collapse: collapse; width: 100%; margin-top: 16px; }
th, td { text-align: left; vertical-align: top; padding: 10px 12px 10px 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.text { max-width: 34em; overflow-wrap: anywhere; } .bad { color: light-dark(#b42318, #ff9c8f); }
@media (max-width: 760px) { thead { display: none; } tr { display: block; padding: 8px 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); } td { display: block; border: 0; padding: 2px 0; } }
`;
