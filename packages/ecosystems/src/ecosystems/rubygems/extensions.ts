import { posix } from 'node:path';
import type { Embed, Reader } from '../../model';
import { flatten, render, type Value } from './ruby/value';

/** The crates that a gem builds on installation: an extension is a `Cargo.toml` itself, or has one beside its `extconf.rb`. */
export function embeddedCrates(extensions: Value, root: string, reader: Reader): readonly Embed[] {
  const entries = flatten(extensions).flatMap((value) => render(value) ?? []);
  const manifests = entries.map((entry) => posix.join(root, posix.dirname(entry), 'Cargo.toml'));
  return [...new Set(manifests)]
    .filter((manifest) => reader.list(posix.dirname(manifest)).includes('Cargo.toml'))
    .map((manifest) => ({ manifest, via: 'extensions', ships: 'source' }));
}
