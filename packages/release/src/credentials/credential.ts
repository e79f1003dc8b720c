import type { Credential } from '@forge/ecosystems';

/** A token with where it is from; held in memory only, and told to nobody but the one who uploads. */
export interface FoundCredential extends Credential {
  readonly source: Source;
}

export type Source =
  /** Handed over by whoever started the registry. */
  | { readonly kind: 'given' }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly path: string }
  /** A registry's token of short life for the word of a CI system. */
  | { readonly kind: 'exchange'; readonly until: number }
  | { readonly kind: 'helper'; readonly program: string };

/** For people, without the secret: `NPM_TOKEN`. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'given':
      return 'the registry that was started';
    case 'environment':
      return `the variable \`${source.variable}\``;
    case 'file':
      return `\`${source.path}\``;
    case 'exchange':
      return 'trusted publishing';
    case 'helper':
      return `\`${source.program}\``;
  }
}
