import type { Command } from '@forge/ecosystems';

/** Tools read these in lower case, in upper case or in both. */
const ways = ['http_proxy', 'https_proxy', 'all_proxy'];
const certificates = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];
const here = ['127.0.0.1', 'localhost', '::1'];

/**
 * The command with the caller's proxies, for tools that may reach out; to this machine no tool needs one. A proxy with a
 * password in its address is redacted from what the tool prints.
 */
export function throughProxies(command: Command, environment = process.env): Command {
  const set = (names: readonly string[]): [string, string][] =>
    names.flatMap((name) => {
      const value = environment[name];
      return value ? [[name, value] as [string, string]] : [];
    });
  const proxies = set(ways.flatMap(inBothCases)).filter(([name]) => !(name in (command.env ?? {})));
  const direct = [environment['no_proxy'] ?? environment['NO_PROXY'], ...here].filter(Boolean);
  const exceptions = inBothCases('no_proxy').map((name) => [name, direct.join(',')]);
  const secret = proxies.filter(([, value]) => value.includes('@'));
  const plain = [
    ...proxies.filter((each) => !secret.includes(each)),
    ...(proxies.length > 0 ? exceptions : []),
    ...set(certificates),
  ];
  return {
    ...command,
    env: { ...Object.fromEntries(plain), ...command.env },
    secretEnv: { ...Object.fromEntries(secret), ...command.secretEnv },
  };
}

function inBothCases(name: string): string[] {
  return [name, name.toUpperCase()];
}
