import type { WireContext, WireLog, WireResponse, WireRoute } from '../../../model';
import { text } from '../registry/plain-routes';
import { packIndex, secureDocuments, type SecureDocuments } from './documents';
import { indexFacts } from './index-facts';
import { signingKey } from './signing-key';

/** What cabal asks of a repository with `secure: True`. */
export const secureRoutes: readonly WireRoute[] = [
  ...(['root', 'mirrors', 'snapshot', 'timestamp'] as const).map((name) => {
    return logRoute(`/${name}.json`, 'application/json', document(name));
  }),
  logRoute('/01-index.tar', 'application/x-tar', (log) => packIndex(log).tar),
  logRoute('/01-index.tar.gz', 'application/x-gzip', (log) => packIndex(log).gz),
  {
    kind: 'static',
    method: 'GET',
    path: '/cabal.config',
    respond: (_, context) => text(200, secureStanza(context).join('\n')),
  },
];

function logRoute(
  path: string,
  type: string,
  render: (log: WireLog, context: WireContext) => WireResponse['body'],
): WireRoute {
  return {
    kind: 'log',
    method: 'GET',
    path,
    facts: indexFacts,
    respond: (log, _, context) => {
      return { status: 200, headers: { 'content-type': type }, body: render(log, context) };
    },
  };
}

function document(name: keyof SecureDocuments) {
  return (log: WireLog, context: WireContext) => secureDocuments(log, context)[name];
}

/** Lines for a person's configuration that trust this repository and no other that takes its place. */
export function secureStanza({ baseUrl, keys }: Pick<WireContext, 'baseUrl' | 'keys'>): string[] {
  return [
    'repository forge',
    `  url: ${baseUrl}`,
    '  secure: True',
    `  root-keys: ${signingKey(keys.rsaPrivate).id}`,
    '  key-threshold: 1',
  ];
}
