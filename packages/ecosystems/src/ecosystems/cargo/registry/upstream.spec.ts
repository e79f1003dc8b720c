import { contextAt, requestOf } from '../../../testing/wire-request';
import { cargo } from '..';
import { upstream } from './upstream';

const endpoints = cargo.endpointsAt('https://other.example');
const request = (path: string) => requestOf({ path });
const context = contextAt('http://127.0.0.1:1/cargo');
const lamp = `{"name":"Lamp","vers":"1.0.0+a","deps":[],"cksum":"${'AB'.repeat(32)}","features":{},"yanked":false}`;
const read = (text: string) =>
  upstream.read(Buffer.from(text), { name: 'lamp', url: 'https://other.example/x', endpoints });

it('asks for the file of the index, for an index and for a crate', () => {
  const url = 'https://other.example/cargo/index/la/mp/lamp';
  expect(upstream.document('lamp', request('/index/la/mp/lamp'), endpoints)).toMatchObject({ url });
  expect(upstream.document('Lamp', request('/dl/Lamp/1.0.0/download'), endpoints)?.url).toBe(url);
});

it('does not ask for owners', () => {
  const path = '/api/v1/crates/lamp/owners';
  expect(upstream.document('lamp', request(path), endpoints)).toBeUndefined();
});

it('tells lines on as they are, and leaves out what is none', () => {
  const found = read(`${lamp}\nnonsense\n`);
  expect(found.ok && found.value.respond(request('/index/la/mp/lamp'), context)?.body).toBe(
    `${lamp}\n`,
  );
  expect(found.ok && found.value.files).toEqual([
    {
      filename: 'Lamp-1.0.0+a.crate',
      url: 'https://other.example/cargo/dl/Lamp/1.0.0%2Ba/download',
      digest: { algorithm: 'sha256', value: 'ab'.repeat(32) },
    },
  ]);
});

it.each([
  ['a page', '<html>'],
  ['another crate', lamp.replace('Lamp', 'torch')],
])('refuses %s (FORGE-R014)', (_, text) => {
  const found = read(text);
  expect(!found.ok && found.problems.map(({ code }) => code)).toEqual(['FORGE-R014']);
});
