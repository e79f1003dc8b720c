import { posix } from 'node:path';
import {
  decodeSource,
  ForgeError,
  located,
  type ArtifactMember,
  type SecretShape,
  type SecretShapes,
} from '@forge/ecosystems';
import { isEnvironmentFile, isKeyStore } from './known-secrets';
import { pathInPackage, placeIn, type Subject } from './subject';

/** FORGE-A008 for files that hold credentials by their name, FORGE-A009 for credentials in any text. */
export function credentials(subject: Subject, shapes: SecretShapes): readonly ForgeError[] {
  return subject.members.flatMap((member) => {
    const path = pathInPackage(subject, member.path);
    if (member.type === 'directory' || subject.isAllowed(path)) return [];
    if (isCredentialFile(path, shapes)) return [credentialFile(subject, member)];
    return secretsIn(subject, member, shapes.tokens);
  });
}

function isCredentialFile(path: string, { files }: SecretShapes): boolean {
  const name = posix.basename(path);
  if (isEnvironmentFile(name) || isKeyStore(name)) return true;
  return files.some((end) => path === end || path.endsWith(`/${end}`));
}

function credentialFile(subject: Subject, { path }: ArtifactMember): ForgeError {
  const inside = pathInPackage(subject, path);
  return new ForgeError('FORGE-A008', {
    what: `\`${subject.artifact.filename}\` holds \`${inside}\`, a file for credentials`,
    where: { file: placeIn(subject, path) },
    fix: `keep it out of the package, or allow it in nx.json: ${allowing(subject, inside)}`,
  });
}

/** The same text more often than this is no accident, and one line tells enough. */
const mostOfOneFile = 5;

function secretsIn(
  subject: Subject,
  { path, content }: ArtifactMember,
  shapes: readonly SecretShape[],
): ForgeError[] {
  if (isBinary(content)) return [];
  // Without the byte order mark, which is no part of a source's text either.
  const text = Buffer.from(content)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const found = shapes.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ what, ...secretOf(match) })),
  );
  if (found.length === 0) return [];
  const file = placeIn(subject, path);
  const masked = decodeSource(file, Buffer.from(mask(text, found)), { toleratesLatin1: true });
  return found.slice(0, mostOfOneFile).map(({ what, start, secret }) => {
    const place = masked.ok ? located(masked.value, start, secret.length) : { where: { file } };
    const inside = pathInPackage(subject, path);
    return new ForgeError('FORGE-A009', {
      what: `\`${inside}\` in \`${subject.artifact.filename}\` holds ${what}`,
      ...place,
      fix: `take it out, and revoke it if it was ever public; a made-up one is allowed in nx.json: ${allowing(subject, inside)}`,
    });
  });
}

interface Found {
  readonly start: number;
  readonly secret: string;
}

function secretOf(match: RegExpExecArray | RegExpMatchArray): Found {
  const secret = match.groups?.['secret'] ?? match[0];
  return { start: (match.index ?? 0) + match[0].lastIndexOf(secret), secret };
}

const shownOfSecret = 4;

/** The text as it may be shown: of a secret only the mark in front, of the same length. */
function mask(text: string, found: readonly Found[]): string {
  return found.reduce((masked, { start, secret }) => {
    const stars = '*'.repeat(Math.max(0, secret.length - shownOfSecret));
    const from = start + shownOfSecret;
    return masked.slice(0, from) + stars + masked.slice(from + stars.length);
  }, text);
}

const lookedAt = 8000;

/** As git sees it: text has no NUL at its beginning. What binaries hold is not looked at. */
function isBinary(content: Uint8Array): boolean {
  return content.subarray(0, lookedAt).includes(0);
}

function allowing({ node }: Subject, path: string): string {
  return `\`"artifacts": { "${node.manifest.file}": { "allow": ["${path}"] } }\` in the plugin's options`;
}
