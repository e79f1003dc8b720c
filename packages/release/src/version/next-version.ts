import inc from 'semver/functions/inc';
import parse from 'semver/functions/parse';
import valid from 'semver/functions/valid';
import { bumpTypes, fail, ForgeError, ok, type BumpType, type Result } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';

interface Options {
  readonly preid: string;
  /** Nx's rule for 0.x: `major` becomes `minor`, `minor` becomes `patch`. */
  readonly adjustForZeroMajor: boolean;
}

/**
 * The next version of a project: a bump of `current`, or the version that was asked for. Canonical where
 * SemVer can say it; a version with four parts stays in its ecosystem's own grammar. FORGE-V006 for a
 * specifier that is neither a bump nor a version.
 */
export function nextVersion(
  node: PackageNode,
  current: string | null,
  specifier: string,
  options: Options,
): Result<string> {
  if (!isBump(specifier)) return explicitVersion(node, specifier);
  if (current === null) return fail(openVersion(node, specifier));
  const parsed = parse(current);
  if (!parsed) return node.ecosystem.versions.bump(current, specifier, options.preid);
  const bump = options.adjustForZeroMajor && parsed.major === 0 ? lowered(specifier) : specifier;
  const next = options.preid ? inc(current, bump, options.preid) : inc(current, bump);
  return next ? ok(next) : fail(unknownSpecifier(node, specifier));
}

function isBump(specifier: string): specifier is BumpType {
  return (bumpTypes as readonly string[]).includes(specifier);
}

function lowered(bump: BumpType): BumpType {
  const table: Partial<Record<BumpType, BumpType>> = {
    major: 'minor',
    minor: 'patch',
    premajor: 'preminor',
    preminor: 'prepatch',
  };
  return table[bump] ?? bump;
}

function explicitVersion(node: PackageNode, specifier: string): Result<string> {
  const version = specifier.replace(/^v(?=\d)/, '');
  if (valid(version)) return ok(version);
  if (!node.ecosystem.versions.isValid(version)) return fail(unknownSpecifier(node, specifier));
  const canonical = node.ecosystem.versions.toCanonical(version);
  return canonical.ok ? canonical : ok(version);
}

function unknownSpecifier(node: PackageNode, specifier: string): ForgeError {
  const what = `\`${specifier}\` is neither a kind of bump nor a version of \`${node.manifest.name}\``;
  return new ForgeError('FORGE-V006', { what });
}

function openVersion(node: PackageNode, specifier: string): ForgeError {
  return new ForgeError('FORGE-M005', {
    what: `\`${node.manifest.name}\` has no version that \`${specifier}\` could bump`,
    where: { file: node.manifest.file },
    fix: 'give an exact version, or write a first version in the manifest',
  });
}
