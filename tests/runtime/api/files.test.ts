/** Files: what is taken, for whom, who sees them until a form is submitted and afterwards, and how they are given out. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileKinds } from '../../../api/files/file-types.ts';
import { commandScanner } from '../../../api/files/scanner.ts';
import { AuditModel } from '../../../store/audit/entries.ts';
import { ChunkModel, ContentModel } from '../../../store/files/contents.ts';
import { FileModel } from '../../../store/files/files.ts';
import { eventually } from '../../support/runtime.ts';
import { aPdf, aPicture, aRecording } from '../../support/small-files.ts';
import { type Answer, type Body, type Caller, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
let scannerFolder: string;
/** Finds something in whatever holds the word. */
const scanner =
  '#!/bin/sh\nif grep -q BROKEN "$1"; then exit 2; fi\nif grep -q VIRUS "$1"; then echo "$1: Test-Signature FOUND"; exit 1; fi\n';

beforeAll(async () => {
  scannerFolder = await mkdtemp(join(tmpdir(), 'scanner-'));
  const program = join(scannerFolder, 'scan');
  await writeFile(program, scanner);
  await chmod(program, 0o755);
  const files = { maxBytes: 3 * 1024 * 1024, types: Object.keys(fileKinds), scanner: commandScanner([program]) };
  api = await startApi({ config: { files } });
});
afterAll(async () => {
  await api.close();
  await rm(scannerFolder, { recursive: true });
});

interface Sent {
  query: string;
  bytes: Uint8Array;
  name?: string;
  key?: string;
}

const uploaded = (who: Caller, { query, bytes, name = '照片.png', key }: Sent): Promise<Answer> =>
  who.post(`/api/files?${query}`, bytes, {
    ...(key !== undefined && { key }),
    headers: { 'Content-Type': 'application/octet-stream', 'File-Name': encodeURIComponent(name) },
  });

async function content(who: Caller, id: string, headers: Record<string, string> = {}, query = '') {
  const response = await fetch(`${api.address}/api/files/${id}/content${query}`, {
    headers: { ...who.headers, ...headers },
  });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const tomorrow = () => new Date(Date.now() + 3 * 86_400_000).toISOString();
const forLeave = 'process=leave&facility=BJ';

/** A sick leave of the handler that waits for its certificate. */
async function certificateTask(): Promise<string> {
  const handler = await api.as('handler-bj');
  const variables = { kind: 'sick', beginsAt: tomorrow(), endsAt: tomorrow(), days: 0.5 };
  const started = await handler.post('/api/instances', { process: 'leave', facility: 'BJ', variables });
  const taskOf = (who: Caller, element: string) =>
    eventually(async () => {
      const { items } = (await who.get(`/api/tasks?q=${started.body.businessKey}`)).body;
      return items.find((one: Body) => one.element === element)?.id as string | undefined;
    });
  const head = await api.as('department-head-bj');
  const approval = await taskOf(head, 'GroupLeaderApproval');
  const approved = await head.post(`/api/tasks/${approval}/complete`, { variables: { decision: 'approve' } });
  expect(approved.status).toBe(200);
  return taskOf(handler, 'HandInCertificate');
}

const certificate = (ids: unknown) => ({
  variables: { certificateNumber: 'BL-17', certificateDate: '2026-11-06', certificate: ids },
});

describe('an upload', () => {
  test('is recognised by its content, and its extension is corrected', async () => {
    const handler = await api.as('handler-bj');
    const { status, body } = await uploaded(handler, {
      query: forLeave,
      bytes: aPicture(),
      name: '../伤口\u202Egpj.exe',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      type: 'image/png',
      name: '_伤口gpj.exe.png',
      inline: true,
      scanned: true,
      gone: false,
    });
    const { body: named } = await uploaded(handler, { query: forLeave, bytes: aPdf(), name: '证明.PDF' });
    expect(named).toMatchObject({ type: 'application/pdf', name: '证明.pdf' });
  });

  test.each([
    ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'file-type-refused'],
    ['a picture that is a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file-type-refused'],
    [
      'a program',
      Buffer.concat([Buffer.from('7f454c46020101000000000000000000', 'hex'), Buffer.alloc(200)]),
      'file-type-refused',
    ],
    ['nothing', Buffer.alloc(0), 'file-type-refused'],
    ['what the scanner refuses', Buffer.concat([aPdf(), Buffer.from('VIRUS')]), 'file-infected'],
    ['what the scanner cannot read', Buffer.concat([aPdf(), Buffer.from('BROKEN')]), 'scanner-away'],
    ['more than is taken', Buffer.concat([aPicture(), Buffer.alloc(3 * 1024 * 1024)]), 'file-too-large'],
  ])('of %s is refused, and nothing of it is kept', async (_what, bytes, code) => {
    const before = await FileModel.countDocuments({});
    const answer = await uploaded(await api.as('handler-bj'), { query: forLeave, bytes });
    expect(answer.body.code).toBe(code);
    expect(await FileModel.countDocuments({})).toBe(before);
  });

  test('without a declared length is cut off at the limit', async () => {
    const handler = await api.as('handler-bj');
    const endless = new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(new Uint8Array(65_536)) });
    const response = await fetch(`${api.address}/api/files?${forLeave}`, {
      method: 'POST',
      headers: { ...handler.headers, 'File-Name': 'x.png' },
      body: endless,
      duplex: 'half',
    } as RequestInit).catch((error: unknown) => error);
    // The answer comes before the body ends; a client may see the closed connection first.
    if (response instanceof Response) expect(response.status).toBe(413);
    expect(await FileModel.countDocuments({ name: 'x.png' })).toBe(0);
  });

  test('is for a task, a start or an instance that the person may act on or read', async () => {
    const bytes = aPicture();
    const cashier = await api.as('cashier-sh');
    const task = await certificateTask();
    const instance = `complaint/${await registered(api)}`;
    for (const query of [`task=${task}`, forLeave, `instance=${encodeURIComponent(instance)}`])
      expect([query, (await uploaded(cashier, { query, bytes })).status]).toEqual([query, 404]);
    expect((await uploaded(await api.as('cashier-bj'), { query: `task=${task}`, bytes })).status).toBe(403);
    expect((await uploaded(cashier, { query: 'process=refund&facility=SH', bytes })).status).toBe(404);
    const both = await uploaded(cashier, { query: `task=${task}&${forLeave}`, bytes });
    expect(both).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect((await uploaded(api.anonymous, { query: forLeave, bytes })).status).toBe(401);
  });

  test('is done once with one key, which serves for no other file', async () => {
    const handler = await api.as('handler-bj');
    const key = randomUUID();
    const first = await uploaded(handler, { query: forLeave, bytes: aPicture(1), key });
    const again = await uploaded(handler, { query: forLeave, bytes: aPicture(1), key });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    const other = await uploaded(handler, { query: forLeave, bytes: aPicture(2), key });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  test('of the same bytes by several people at once is stored once', async () => {
    const people = await Promise.all(['handler-bj', 'intake-bj', 'consultant-bj'].map((one) => api.as(one)));
    const bytes = aPicture(77, 64);
    const answers = await Promise.all(people.map((one) => uploaded(one, { query: forLeave, bytes })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const [file] = await FileModel.find({ _id: answers[0]?.body.id }).lean();
    expect(await ContentModel.countDocuments({ _id: file?.sha256 })).toBe(1);
    const copy = (await ContentModel.findById(file?.sha256).lean())?.copy ?? '';
    expect(await ChunkModel.countDocuments({ _id: { $regex: `^${copy}/` } })).toBe(1);
  });
});

describe('a file of a form', () => {
  test('is visible to its owner only until the form is submitted, then to readers of the instance', async () => {
    const task = await certificateTask();
    const handler = await api.as('handler-bj');
    const hr = await api.as('hr');
    const { body: file } = await uploaded(handler, { query: `task=${task}`, bytes: aPicture(3) });
    expect(file).not.toHaveProperty('instance');
    expect((await content(hr, file.id)).status).toBe(404);
    expect((await content(handler, file.id)).bytes).toEqual(aPicture(3));
    const done = await handler.post(`/api/tasks/${task}/complete`, certificate([file.id]), { key: randomUUID() });
    expect(done.status).toBe(200);
    const instance = encodeURIComponent(done.body.task.instance);
    const { items } = (await hr.get(`/api/instances/${instance}/files`)).body;
    expect(items).toMatchObject([{ id: file.id, element: 'HandInCertificate', uploadedBy: 'handler-bj' }]);
    expect((await content(hr, file.id)).status).toBe(200);
    expect((await content(await api.as('cashier-bj'), file.id)).status).toBe(404);
    expect((await handler.delete(`/api/files/${file.id}`)).status).toBe(404);
  });

  test('of another person, of another kind, or a removed one is named at its field, and stays unsubmitted', async () => {
    const task = await certificateTask();
    const handler = await api.as('handler-bj');
    const { body: own } = await uploaded(handler, { query: `task=${task}`, bytes: aPicture(4) });
    const { body: sound } = await uploaded(handler, { query: `task=${task}`, bytes: aRecording(), name: '录音.wav' });
    const { body: foreign } = await uploaded(await api.as('intake-bj'), { query: forLeave, bytes: aPicture(5) });
    const answer = await handler.post(
      `/api/tasks/${task}/complete`,
      certificate([own.id, sound.id, foreign.id, 'no-such-file']),
    );
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'form-invalid',
        errors: [
          { path: 'body.variables.certificate.1', code: 'file-type' },
          { path: 'body.variables.certificate.2', code: 'unknown-file' },
          { path: 'body.variables.certificate.3', code: 'unknown-file' },
        ],
      },
    });
    // What the form itself refuses leaves its files waiting as well.
    const wrong = await handler.post(`/api/tasks/${task}/complete`, { variables: { certificate: [own.id] } });
    expect(wrong.body.code).toBe('form-invalid');
    expect(await FileModel.findById(own.id).lean()).toMatchObject({ waiting: true });
    expect((await handler.delete(`/api/files/${own.id}`)).status).toBe(204);
    expect((await content(handler, own.id)).status).toBe(404);
  });

  test('that is added to an instance is there at once', async () => {
    const instance = `complaint/${await registered(api)}`;
    const director = await api.as('cs-director-bj');
    const query = `instance=${encodeURIComponent(instance)}`;
    const found = await eventually(async () => {
      const answer = await uploaded(director, { query, bytes: aPdf(), name: '病历.pdf' });
      return answer.status === 201 ? answer : undefined;
    });
    expect(found.body).toMatchObject({ instance, attachedAt: expect.any(String) });
  });
});

describe('a file attached by mistake', () => {
  const withdrawn = (who: Caller, id: string, reason = '误传了另一位患者的照片') =>
    who.post(`/api/files/${id}/withdraw`, { reason });
  const inCase = async (): Promise<{ id: string; files: string }> => {
    const instance = `complaint/${await registered(api)}`;
    const query = `instance=${encodeURIComponent(instance)}`;
    const director = await api.as('cs-director-bj');
    const id = await eventually(async () => {
      const { status, body } = await uploaded(director, { query, bytes: aPicture(), name: '李四.png' });
      return status === 201 ? (body.id as string) : undefined;
    });
    return { id, files: `/api/instances/${encodeURIComponent(instance)}/files` };
  };

  test('is withdrawn by its uploader: its content is gone, its record says who, when and why', async () => {
    const { id, files } = await inCase();
    const [director, ops] = [await api.as('cs-director-bj'), await api.as('ops')];
    expect((await director.get(files)).body.items).toMatchObject([{ id, withdrawable: true }]);
    expect((await withdrawn(director, id, ' ')).status).toBe(400);
    const answer = await withdrawn(director, id);
    const record = { by: 'cs-director-bj', at: expect.any(String), reason: '误传了另一位患者的照片' };
    expect(answer).toMatchObject({ status: 200, body: { name: '', gone: true, withdrawn: record } });
    expect((await withdrawn(director, id, '再次')).body).toEqual(answer.body);
    expect((await content(director, id)).status).toBe(410);
    expect((await ops.get(files)).body.items).toMatchObject([{ id, withdrawable: false, withdrawn: record }]);
    const acts = await AuditModel.find({ act: 'POST /api/files/{id}/withdraw', 'what.id': id, result: 'done' }).lean();
    expect(acts.map(({ who }) => who)).toEqual(['cs-director-bj', 'cs-director-bj']);
  });

  test('is withdrawn by who leads the process, not by others who read it', async () => {
    const task = await certificateTask();
    const handler = await api.as('handler-bj');
    const { body: file } = await uploaded(handler, { query: `task=${task}`, bytes: aPicture(21) });
    expect((await withdrawn(handler, file.id)).status).toBe(404);
    const done = await handler.post(`/api/tasks/${task}/complete`, certificate([file.id]), { key: randomUUID() });
    expect(done.status).toBe(200);
    const head = await api.as('department-head-bj');
    await eventually(async () => (await content(head, file.id)).status === 200);
    expect(await withdrawn(head, file.id)).toMatchObject({ status: 403, body: { code: 'not-withdrawable' } });
    expect((await withdrawn(await api.as('cashier-bj'), file.id)).status).toBe(404);
    expect((await withdrawn(await api.as('hr'), file.id)).status).toBe(200);
  });
});

describe('what a file holds', () => {
  async function attached(bytes: Buffer, name: string): Promise<string> {
    const { body } = await uploaded(await api.as('handler-bj'), { query: forLeave, bytes, name });
    return body.id;
  }

  test('is shown by a browser only where that is safe, and as no page of ours', async () => {
    const handler = await api.as('handler-bj');
    const picture = await content(handler, await attached(aPicture(9), '伤口 "1".png'));
    expect(picture.headers.get('Content-Disposition')).toBe(
      `inline; filename="__ _1_.png"; filename*=UTF-8''${encodeURIComponent('伤口 _1_.png')}`,
    );
    expect(picture.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox");
    expect(picture.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(picture.headers.get('Cache-Control')).toBe('private, no-store');
    const sound = await content(handler, await attached(aRecording(2), '录音.wav'));
    expect(sound.headers.get('Content-Disposition')).toMatch(/^attachment;/);
    const saved = await content(handler, await attached(aPicture(9), '伤口.png'), {}, '?download=true');
    expect(saved.headers.get('Content-Disposition')).toMatch(/^attachment;/);
  });

  test('is answered in ranges, also across the chunks it is stored in', async () => {
    const handler = await api.as('handler-bj');
    const bytes = Buffer.concat([aRecording(300)]);
    expect(bytes.length).toBeGreaterThan(2 * 1024 * 1024);
    const id = await attached(bytes, '通话.wav');
    expect((await content(handler, id)).bytes.equals(bytes)).toBe(true);
    const edge = 1024 * 1024;
    const part = await content(handler, id, { Range: `bytes=${edge - 3}-${edge + 4}` });
    expect([part.status, part.headers.get('Content-Range')]).toEqual([
      206,
      `bytes ${edge - 3}-${edge + 4}/${bytes.length}`,
    ]);
    expect(part.bytes).toEqual(bytes.subarray(edge - 3, edge + 5));
    const tail = await content(handler, id, { Range: 'bytes=-5' });
    expect(tail.bytes).toEqual(bytes.subarray(-5));
    const outside = await content(handler, id, { Range: `bytes=${bytes.length}-` });
    expect([outside.status, outside.headers.get('Content-Range')]).toEqual([416, `bytes */${bytes.length}`]);
  });

  test('is in the audit trail with each look at it, refused ones too', async () => {
    const handler = await api.as('handler-bj');
    const id = await attached(aPicture(11), '伤口.png');
    await content(handler, id);
    await content(await api.as('cashier-bj'), id);
    const entries = await eventually(async () => {
      const found = await AuditModel.find({ act: 'GET /api/files/{id}/content', 'what.id': id }).lean();
      return found.length === 2 ? found : undefined;
    });
    expect(entries.map(({ who, result, facility }) => [who, result, facility]).sort()).toEqual([
      ['cashier-bj', 'refused', 'BJ'],
      ['handler-bj', 'done', 'BJ'],
    ]);
  });
});
