import type { Json, StoredPackage } from '../../model';
import type { GemSpecification } from './gem-metadata';
import { isPrerelease } from './version-number';

/** What is kept of one gem file for the index. */
export type GemRecord = Pick<GemSpecification, 'platform' | 'dependencies' | 'ruby' | 'rubygems'>;

/** What is kept of a version: the words of its first file, and a record of each. */
export type GemDescription = Pick<
  GemSpecification,
  'summary' | 'description' | 'homepage' | 'licenses' | 'authors'
>;

export interface VersionMetadata extends GemDescription {
  /** By file name: the gems of one version are pushed one by one, a platform each. */
  readonly gems: Readonly<Record<string, GemRecord>>;
}

export interface PublishedGem {
  readonly filename: string;
  readonly version: string;
  readonly prerelease: boolean;
  readonly sha256: string;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly record: GemRecord;
  readonly description: GemDescription;
}

/** Every file of a package that can be installed; yanked versions are left out, as the compact index wants it. */
export function publishedGems({ versions }: StoredPackage): readonly PublishedGem[] {
  return versions
    .filter(({ yanked }) => !yanked)
    .flatMap(({ version, metadata, files, publishedAt }) => {
      const { gems, ...description } = versionMetadata(metadata);
      const prerelease = isPrerelease(version);
      return files.flatMap(({ filename, sha256 }) => {
        const record = gems[filename];
        return record
          ? [{ filename, version, prerelease, sha256, publishedAt, record, description }]
          : [];
      });
    });
}

export function toJson(metadata: VersionMetadata): Json {
  return JSON.parse(JSON.stringify(metadata)) as Json;
}

/** Nothing but `toJson` writes the metadata of this ecosystem. */
export function versionMetadata(metadata: Json): VersionMetadata {
  return metadata as unknown as VersionMetadata;
}
