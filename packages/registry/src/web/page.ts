import type { Caller } from '../accounts/caller';
import type { HttpConfig } from '../http/config';
import type { Html } from './html';

/** Entries of the menu, one of which a page belongs to. */
export type Section = 'packages' | 'releases' | 'trail' | 'webhooks' | 'account';

/** A request for a page, with all that is known of it. */
export interface Visit {
  readonly config: HttpConfig;
  /** There whenever the access of the page is `user` or `admin`. */
  readonly caller: Caller | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Fields of a form that was sent; one with several values has all of them. */
  readonly form: URLSearchParams;
  /** The server as the visitor reaches it, no trailing slash. */
  readonly baseUrl: string;
  /** The path in it, where it has one; links within the site are written without, see `renderPage`. */
  readonly publicPath: string;
  /** Path and query of this page. */
  readonly target: string;
  /** Goes into every form that acts for the caller. */
  readonly formToken: string;
  /** Whence it comes, to count failed attempts. */
  readonly address: string;
}

export interface ShownPage {
  /** Default: 200. */
  readonly status?: number;
  /** With the status 429. */
  readonly retryAfterSeconds?: number;
  readonly title: string;
  readonly section?: Section;
  readonly body: Html;
  /** Another width than that of reading. */
  readonly isNarrow?: boolean;
  /** What the search field at the top shows. */
  readonly search?: string;
}

/** Where to go on. */
export interface Onward {
  readonly to: string;
  /** What the browser comes with from now on; `null` for nothing any more. */
  readonly session?: { readonly secret: string; readonly seconds?: number } | null;
}

export type PageAnswer = ShownPage | Onward;

/**
 * Who may see a page: `open` is everybody, `public` everybody where reads need no token. Pages that take forms are
 * `user` or `admin`, but for logging in.
 */
export type PageAccess = 'open' | 'public' | 'user' | 'admin';

/** One page as data. */
export interface Page {
  readonly method: 'GET' | 'POST';
  /** With `:param` for one segment. */
  readonly path: string;
  readonly access: PageAccess;
  answer(visit: Visit): Promise<PageAnswer> | PageAnswer;
}
