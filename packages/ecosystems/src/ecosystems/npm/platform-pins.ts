import type { RequirementText } from './places';

const system =
  /(?:^|[-_/])(?:linux|linuxmusl|darwin|macos|win32|windows|freebsd|openbsd|netbsd|android|sunos|openharmony|wasm32|wasi)(?:[-_]|$)/;

/**
 * Packages with what was compiled for one platform each, as napi-rs, esbuild and biome publish them: optional, of the
 * same scope or name, named for a platform, and pinned to the very version of the package that asks. They are
 * one release, whether or not their manifests stand in the workspace: these are often written when they are built.
 */
export function platformPins(
  texts: readonly RequirementText[],
  own: { readonly name: string; readonly version: string },
): readonly RequirementText[] {
  return texts.filter(
    ({ name, kind, place }) =>
      kind === 'optional' &&
      place.fixed === undefined &&
      place.text === own.version &&
      system.test(name) &&
      isRelated(name, own.name),
  );
}

/** `@acme/x-linux-x64` to `@acme/x`, `x-linux-x64` to `x`, `@x/linux-x64` to `x`. */
function isRelated(name: string, own: string): boolean {
  const scope = /^@[^/]+\//.exec(own)?.[0] ?? `@${own}/`;
  return name.startsWith(scope) || name.startsWith(`${own}-`);
}
