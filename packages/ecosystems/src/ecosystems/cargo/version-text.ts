/** SemVer 2.0.0, three parts, no leading `v` (semver.org, "Is there a suggested regular expression"). */
const semverText =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** crates.io takes 150 characters; cargo has no limit, and the SemVer library throws beyond 256. */
const maxLength = 256;

/**
 * Reading manifests asks only this; it is kept apart so that inference does not load a SemVer library. Numbers
 * beyond 2^53 - 1, which cargo would take up to 2^64 - 1, are refused: no order of ours could tell them apart.
 */
export function isVersion(text: string): boolean {
  const match = text.length <= maxLength ? semverText.exec(text) : null;
  return match?.slice(1, 4).every((part) => Number(part) <= Number.MAX_SAFE_INTEGER) ?? false;
}
