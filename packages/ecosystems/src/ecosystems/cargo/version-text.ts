/** SemVer 2.0.0, three parts, no leading `v` (semver.org, "Is there a suggested regular expression"). */
const semverText =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** Reading manifests asks only this; it is kept apart so that inference does not load a SemVer library. */
export function isVersion(text: string): boolean {
  return semverText.test(text);
}
