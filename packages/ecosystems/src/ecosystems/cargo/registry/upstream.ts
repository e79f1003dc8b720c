import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Endpoints,
  type Upstream,
  type UpstreamFile,
  type UpstreamQuestion,
} from '../../../model';
import { indexPath, parseIndexLines, type NamedLine } from './index-file';

/**
 * Another sparse index (cargo 1.95). Its lines are told on as they are: they name no address, and what they depend on
 * without saying where is in the same registry, which is ours.
 */
export const upstream: Upstream = {
  document(name, { path }, endpoints) {
    if (!/^\/(?:index|dl)\//.test(path)) return undefined;
    return { method: 'GET', url: `${endpoints['index']}/${indexPath(name)}` };
  },
  read(body, asked) {
    const lines = parseIndexLines(Buffer.from(body).toString('utf8'));
    const stray = lines.find(({ name }) => name.toLowerCase() !== asked.name.toLowerCase());
    if (stray) return refused(asked, `tells of \`${stray.name}\``);
    if (lines.length === 0) return refused(asked, 'is no file of an index');
    const text = lines.map(({ line }) => `${line}\n`).join('');
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return ok({
      files: lines.map((line) => fileOf(line, asked.endpoints)),
      respond: () => ({ status: 200, headers, body: text }),
    });
  },
};

function fileOf({ name, vers, cksum }: NamedLine, endpoints: Endpoints): UpstreamFile {
  return {
    filename: `${name}-${vers}.crate`,
    url: `${endpoints['dl']}/${name}/${encodeURIComponent(vers)}/download`,
    digest: { algorithm: 'sha256', value: cksum.toLowerCase() },
  };
}

function refused({ name, url }: UpstreamQuestion, what: string) {
  return fail(
    new ForgeError('FORGE-R014', { what: `what ${url} answers for \`${name}\` ${what}` }),
  );
}
