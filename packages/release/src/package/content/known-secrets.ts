import { ecosystems, type SecretShape, type SecretShapes } from '@forge/ecosystems';

/** Of every ecosystem, whatever the package is: the token of one leaks in a package of another just as well. */
export function knownSecrets(): SecretShapes {
  const own = ecosystems.flatMap(({ access }) => access?.secrets ?? []);
  return {
    files: [...general.files, ...own.flatMap(({ files }) => files)],
    tokens: [...general.tokens, ...own.flatMap(({ tokens }) => tokens)],
  };
}

const general: SecretShapes = {
  files: [
    ...['.netrc', '_netrc', '.git-credentials', '.pgpass', '.htpasswd', '.dockercfg'],
    ...['.docker/config.json', '.aws/credentials', '.kube/config', '.vault-token'],
    ...['id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519'],
  ],
  tokens: [
    {
      what: 'a token of GitHub',
      pattern: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22}_\w{59})(?!\w)/g,
    },
    { what: 'a token of GitLab', pattern: /(?<!\w)gl(?:pat|dt|rt|cbt|ptt|oas)-[\w.-]{20,}/g },
    privateKey(),
  ],
};

/** The header alone stands in every program that reads keys; with a body behind it, also an escaped one, it is one. */
function privateKey(): SecretShape {
  const lineEnd = String.raw`(?:\s|\\[rn]|["'+,])*`;
  const fields = String.raw`(?:[\w-]+:[^\r\n\\]*${lineEnd})*`;
  return {
    what: 'a private key',
    pattern: new RegExp(
      String.raw`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----${lineEnd}${fields}(?<secret>[A-Za-z0-9+/=]{40,})`,
      'g',
    ),
  };
}

/** `.env` and its variants, but not those that show what belongs there. */
export function isEnvironmentFile(name: string): boolean {
  return (
    /^\.env(?:\.[\w.-]+)?$/.test(name) &&
    !/\.(?:example|sample|template|tmpl|dist|defaults?|test|schema)$/.test(name)
  );
}

/** Stores of keys: binary, so that nobody sees from the content whether they matter. */
export function isKeyStore(name: string): boolean {
  return /\.(?:p12|pfx|jks|keystore|ppk|kdbx)$/i.test(name);
}
