import type { ManifestChange } from '../model';

/**
 * What the conformance suite needs to know of one ecosystem: examples, no logic. Each ecosystem has one in
 * `testing/kit.ts` of its folder, exported as `kit`.
 */
export interface ConformanceKit {
  readonly manifest: {
    /** A small workspace, LF and without byte order mark: path → text. */
    readonly files: Readonly<Record<string, string>>;
    /** The manifest in it that is under test; it has a name, a version and the dependency that `change` names. */
    readonly file: string;
    readonly name: string;
    readonly version: string;
    /** A new version and a requirement that it must raise. */
    readonly change: ManifestChange & Required<Pick<ManifestChange, 'version' | 'requirements'>>;
    /** Path → text after `change`, of exactly the files that change. */
    readonly changed: Readonly<Record<string, string>>;
    /** Texts of the manifest that are broken; `null` where the format cannot be broken in this way. */
    readonly truncated: string | null;
    readonly withoutName: string | null;
    readonly withoutVersion: string | null;
    /** True where the native tool refuses a byte order mark, and so do we. */
    readonly refusesBom?: boolean;
  };
  readonly versions: {
    /** Ascending; versions of one group are equal in the ecosystem's order. */
    readonly ascending: readonly (readonly string[])[];
    readonly prereleases: readonly string[];
    readonly invalid: readonly string[];
    /** SemVer spelling and native spelling. */
    readonly spellings: readonly (readonly [canonical: string, native: string])[];
    /** SemVer versions that the grammar cannot hold. */
    readonly inexpressible: readonly string[];
  };
  readonly requirements: {
    /** Requirements of all shapes, each tried with each version. */
    readonly samples: readonly string[];
    readonly versions: readonly string[];
    readonly unreadable: readonly string[];
  };
  readonly registry: {
    readonly name: string;
    readonly version: string;
    /** The file as the registry stores it, and the request that uploads it. `content` goes into the artifact. */
    upload(content: string): KitUpload;
  };
}

export interface KitUpload {
  /** As our client names it: what `Artifact.filename` is. */
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly request: {
    readonly method: 'PUT' | 'POST';
    /** Below the ecosystem's prefix, with its query. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  };
}
