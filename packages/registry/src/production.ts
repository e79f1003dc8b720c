import { ForgeError, problemsError } from '@forge/ecosystems';
import { loopbackHosts } from './loopback';

/** What a server that is not for rehearsals must not leave open. */
export interface ProductionSettings {
  readonly production?: boolean | undefined;
  readonly data?: string | undefined;
  readonly database?: string | undefined;
  readonly token?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly accounts?: { readonly sessionSecret?: string | undefined } | undefined;
}

/** Words of examples and of defaults, which everybody knows. */
const known = /change.?me|secret|default|example|password|insecure|development|forge|test|1234567/i;
const shortest = 32;

/** Refuses to start a server for production with a secret that is missing, short or known, and all else. FORGE-R042. */
export function checkProduction(settings: ProductionSettings): void {
  if (!settings.production) return;
  const { data, database, token, publicUrl, accounts } = settings;
  const found = [
    weaknessOf('the secret of sessions (`FORGE_SESSION_SECRET`)', accounts?.sessionSecret),
    weaknessOf('the token of the server (`FORGE_TOKEN`)', token?.replace(/^forge_/, '')),
    data === undefined && database === undefined
      ? 'everything would be gone at the end'
      : undefined,
    isSafe(publicUrl)
      ? undefined
      : '`--public-url` is no https address, and tokens would go as they are',
  ];
  const problems = found.flatMap((what) =>
    what === undefined ? [] : [new ForgeError('FORGE-R042', { what })],
  );
  if (problems.length > 0) throw problemsError(problems);
}

function weaknessOf(name: string, secret: string | undefined): string | undefined {
  if (secret === undefined || secret === '') return `${name} is missing`;
  if (secret.length < shortest) return `${name} has fewer than ${shortest} characters`;
  if (new Set(secret).size < 10) return `${name} repeats a few characters only`;
  return known.test(secret) ? `${name} is made of a word that everybody knows` : undefined;
}

/** Plain http is for this machine, where a proxy stands before the server. */
function isSafe(publicUrl: string | undefined): boolean {
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return false;
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' || loopbackHosts.includes(hostname);
}
