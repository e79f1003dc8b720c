import type { WireContext, WireRequest, WireResponse } from '@forge/ecosystems';
import { recent } from '../store';
import { finish, type FinishedDocument } from './send';

/** What is asked for, and of whom. */
export interface Asked {
  readonly request: WireRequest;
  readonly context: WireContext;
}

/** Documents of one ecosystem that were rendered lately. */
export interface KeptDocuments {
  /**
   * The document, rendered anew only where `source` is another one than when it was kept: the package that was found,
   * or what the index was made of. `render` gets of the request what the document is known by, and nothing else.
   */
  of(
    asked: Asked,
    source: object | string,
    render: (asked: Asked) => WireResponse | Promise<WireResponse>,
  ): Promise<FinishedDocument>;
}

interface Making {
  readonly source: object | string;
  readonly document: Promise<FinishedDocument>;
}

interface Kept {
  readonly key: string;
  readonly source: object | string;
  readonly document: FinishedDocument;
}

const mostBytes = 32 * 1024 * 1024;

/**
 * Rendering and hashing is most of what a document takes, and the same is asked for again and again, perhaps before the
 * first has it.
 */
export function keepDocuments(limit = mostBytes): KeptDocuments {
  const kept = recent<Kept>(limit, weigh);
  const making = new Map<string, Making>();

  async function make(
    key: string,
    asked: Asked,
    source: object | string,
    render: (asked: Asked) => WireResponse | Promise<WireResponse>,
  ): Promise<FinishedDocument> {
    const document = finish(await render(asked));
    if (document.response.status === 200) kept.set(key, { key, source, document });
    return document;
  }

  return {
    async of(given, source, render) {
      const asked = whatMatters(given);
      const key = keyOf(asked);
      const known = kept.get(key);
      if (known?.source === source) return known.document;
      const other = making.get(key);
      if (other?.source === source) return other.document;
      const mine = { source, document: make(key, asked, source, render) };
      making.set(key, mine);
      try {
        return await mine.document;
      } finally {
        if (making.get(key) === mine) making.delete(key);
      }
    },
  };
}

/** Clients write the key, and a name in it may have two bytes for each sign. */
function weigh({ key, document }: Kept): number {
  return document.body.byteLength + 2 * key.length + 1000;
}

/** Without what clients may add as they like, so that it makes no further document. */
function whatMatters({ request, context }: Asked): Asked {
  const { method, path, params, headers, body } = request;
  const accept = headers['accept'];
  const asked = { method, path, params, query: {}, body };
  return { request: { ...asked, headers: accept === undefined ? {} : { accept } }, context };
}

function keyOf({ request, context }: Asked): string {
  const { path, headers } = request;
  return JSON.stringify([path, headers['accept'], context.baseUrl, context.user]);
}
