import type { FastifyReply } from 'fastify';
import { failureHandler } from './failures';
import { sendRefusal } from './refuse';
import type { ApiRefusal } from './route';

/** What was answered. */
function reply() {
  const told: { status?: number; body?: unknown; headers: Record<string, unknown> } = {
    headers: {},
  };
  const self = {
    code: (status: number) => Object.assign(self, (told.status = status) && {}),
    header: (name: string, value: unknown) =>
      Object.assign(self, (told.headers[name] = value) && {}),
    removeHeader: (name: string) => void delete told.headers[name],
    raw: { headersSent: true },
    send: (body: unknown) => Object.assign(self, (told.body = body) && {}),
  };
  return { told, reply: self as unknown as FastifyReply };
}

it.each<[ApiRefusal['kind'], number]>([
  ['invalid', 400],
  ['unauthorized', 401],
  ['forbidden', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['too-large', 413],
  ['unprocessable', 422],
  ['too-many', 429],
  ['unreachable', 502],
])('answers %s with %i, a code and a message', (kind, status) => {
  const { told, reply: to } = reply();
  sendRefusal(to, { kind, message: 'why' });
  expect(told).toEqual({ status, body: { code: kind, message: 'why' }, headers: {} });
});

it('names the code of the catalogue, and when to come again', () => {
  const { told, reply: to } = reply();
  const refusal = { kind: 'too-many', message: 'why', retryAfterSeconds: 7 } as const;
  sendRefusal(to, { ...refusal, code: 'FORGE-R041' });
  expect(told).toMatchObject({ body: { code: 'FORGE-R041' }, headers: { 'retry-after': 7 } });
});

it.each([
  [{ code: 'FR001', message: 'x' }, 409, 'conflict'],
  [{ code: '23505', message: 'x' }, 409, 'conflict'],
  [{ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413, message: 'x' }, 413, 'too-large'],
  [{ code: 'FST_ERR_CTP_INVALID_CONTENT_LENGTH', statusCode: 400, message: 'x' }, 400, 'invalid'],
])('answers %j with %i', (error, status, code) => {
  const { told, reply: to } = reply();
  const errors: unknown[] = [];
  const config = { onError: (each: unknown) => errors.push(each) };
  failureHandler(config as never)(error, {} as never, to);
  expect(told).toMatchObject({ status, body: { code, message: expect.any(String) } });
  expect(errors).toEqual([]);
});

it('tells nobody but the log what is our own fault', () => {
  const { told, reply: to } = reply();
  const errors: unknown[] = [];
  const secret = new Error('the password is wrong');
  failureHandler({ onError: (each: unknown) => errors.push(each) } as never)(
    secret,
    {} as never,
    to,
  );
  expect(told).toMatchObject({ status: 500, body: { code: 'internal' } });
  expect(JSON.stringify(told)).not.toContain('password');
  expect(errors).toEqual([secret]);
});
