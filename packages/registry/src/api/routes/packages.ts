import { z } from 'zod';
import { findPackageAt, findVersionAt, packageParams, versionParams } from '../addresses';
import { oneVersionSchema, packageSchema } from '../package-schemas';
import { refused, refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';
import { showOneVersion, showPackage } from '../show-package';

const path = '/packages/:ecosystem/:name';
const asked = { method: 'GET', tag: 'packages', access: 'public', rate: 'read' } as const;

/** Packages of every ecosystem, in the same words. */
export const packageRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    path,
    summary: 'Show a package with its versions',
    params: packageParams,
    answers: { 200: packageSchema },
    handle: async ({ params, config }) => {
      const at = await findPackageAt(config, params);
      if (!at.ok) return refusedFor(at.problems);
      return answer(200, showPackage(at.value.ecosystem, at.value.found));
    },
  }),
  route({
    ...asked,
    path: `${path}/:version`,
    summary: 'Show one version, with what it says of itself',
    params: versionParams,
    answers: { 200: oneVersionSchema },
    handle: async (call) => {
      const at = await findVersionAt(call.config, call.params);
      if (!at.ok) return refusedFor(at.problems);
      return answer(200, showOneVersion(at.value));
    },
  }),
  route({
    ...asked,
    path: `${path}/:version/download`,
    summary: 'Fetch a file of a version, also of a withdrawn one; `repr-digest` has its sha256',
    rate: 'unlimited',
    params: versionParams,
    query: z.object({ filename: z.string().optional().describe('default: the first one') }),
    answers: { 200: z.unknown().describe('the bytes of the file') },
    handle: async (call) => {
      const at = await findVersionAt(call.config, call.params);
      if (!at.ok) return refusedFor(at.problems);
      const { ecosystem, found, version } = at.value;
      const { filename } = call.query;
      const file = version.files.find((each) => each.filename === (filename ?? each.filename));
      if (!file) return refused('not-found', `the version has no file \`${filename ?? ''}\``);
      const { downloads } = call.config.store.catalog;
      if (call.request.method === 'GET')
        downloads.count(ecosystem.id, file.filename, ecosystem.normalizeName(found.name));
      const base64 = Buffer.from(file.sha256, 'hex').toString('base64');
      const headers = {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
        'repr-digest': `sha-256=:${base64}:`,
      };
      // Which file is the first one may change.
      return { ...answer(200, undefined, headers), file: { ...file, isFixed: false } };
    },
  }),
];
