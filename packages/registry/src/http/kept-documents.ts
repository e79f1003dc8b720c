import type { WireContext, WireRequest, WireResponse } from '@forge/ecosystems';
import { recent } from '../store';
import { finish, type FinishedDocument } from './send';

/** Documents of one ecosystem that were rendered lately. */
export interface KeptDocuments {
  /**
   * The document, rendered anew only where `source` is another one than when it was kept: the package that was found,
   * or what the index was made of.
   */
  of(
    asked: { readonly request: WireRequest; readonly context: WireContext },
    source: object | string,
    render: () => WireResponse | Promise<WireResponse>,
  ): Promise<FinishedDocument>;
}

interface Kept {
  readonly source: object | string;
  readonly document: FinishedDocument;
}

const mostBytes = 32 * 1024 * 1024;

/** Rendering and hashing is most of what a document takes, and the same is asked for again and again. */
export function keepDocuments(): KeptDocuments {
  const kept = recent<Kept>(mostBytes, ({ document }) => document.body.byteLength + 1000);
  return {
    async of({ request, context }, source, render) {
      const { path, query, headers } = request;
      const of = [path, query, headers['accept'], context.baseUrl, context.user];
      const key = JSON.stringify(of);
      const known = kept.get(key);
      if (known?.source === source) return known.document;
      const document = finish(await render());
      if (document.response.status === 200) kept.set(key, { source, document });
      return document;
    },
  };
}
