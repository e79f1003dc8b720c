import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig } from '../http/config';
import { home } from './paths';
import type { Site } from './site';

/** Larger than any form of a page. */
const formLimit = 64 * 1024;

/** The pages for people. They are loaded by the first request for one: a rehearsal never asks. */
export function serveWeb(app: FastifyInstance, config: HttpConfig): void {
  let site: Site | undefined;
  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    site ??= (require('./site') as typeof import('./site')).openSite(config);
    return site(request, reply);
  };
  const options = { bodyLimit: formLimit };
  app.all(home, options, answer);
  app.all(`${home}/*`, options, answer);
}

/** Whether a browser asks, which shows pages, and no program, which reads JSON. */
export function wantsPage({ headers }: FastifyRequest): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '');
}
