import type { Command, CommandResult, HttpRequest, HttpResponse } from './command';
import type { Endpoints } from './endpoints';
import type { Manifest } from './manifest';
import type { Presence } from './outcome';
import type { ToolNeed } from './tool';

export interface WithdrawContext {
  readonly manifest: Manifest;
  readonly name: string;
  /** Native. */
  readonly version: string;
  /** True to bring a withdrawn version back. */
  readonly undo: boolean;
  /** Why, for those who read it in the registry; one line. */
  readonly reason: string;
  readonly endpoints: Endpoints;
  readonly token?: string;
  /** The account of the token, for registries that want a name with it. */
  readonly username?: string;
  readonly otp?: string;
  /** Absolute private directory for homes and settings. */
  readonly workDir: string;
  readonly programs: Readonly<Record<string, string>>;
}

/** How a version stands in its registry. `gone` is not there (any more); an outage is `unknown`. */
export type Standing = 'live' | 'withdrawn' | 'gone' | 'unknown';

export type WithdrawOutcome =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'needs-credentials' | 'forbidden' | 'rejected' | 'unreachable';
      readonly detail: string;
    };

/** One act, by the native tool or by a request of our own. */
export type WithdrawAct =
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly classify: (result: CommandResult) => WithdrawOutcome;
    }
  | {
      readonly kind: 'request';
      readonly request: HttpRequest;
      readonly classify: (response: HttpResponse) => WithdrawOutcome;
    };

/** One way to take a version back, or to bring it back. */
export interface WithdrawWay {
  /** For people and for choosing it: `yank`, `deprecate`, `unpublish`. */
  readonly name: string;
  /** What consumers will see, one sentence. */
  readonly means: string;
  /** Milliseconds since publication until which the registry allows it; absent where there is no end. */
  readonly until?: number;
  /** What else the registry demands, one sentence. */
  readonly condition?: string;
  /** True where nobody can bring the version back. */
  readonly final: boolean;
  /** How it stands afterwards. */
  readonly leaves: Standing;
  /** In order. Empty where the registry offers it to people in a browser only; then `byHand` says how. */
  readonly acts: readonly WithdrawAct[];
  readonly byHand?: { readonly url: string; readonly steps: string };
}

/** What can be done about one version, as its registry has it now. */
export interface Withdrawal {
  readonly standing: Standing;
  /** The mildest first; none where the registry has no such thing, and then `impossible` says why. */
  readonly ways: readonly WithdrawWay[];
  readonly impossible?: string;
}

/** The registry's nearest to `yank` and `unyank`. */
export interface Withdraw {
  readonly needs: readonly ToolNeed[];
  /** Asks how the version stands. */
  ask(context: WithdrawContext): HttpRequest;
  read(context: WithdrawContext, response: HttpResponse): Withdrawal;
}

/** How a version stands, where `Remote` tells it. */
export function standingOf(presence: Presence): Standing {
  if (presence.state === 'unknown') return 'unknown';
  if (presence.state === 'absent') return 'gone';
  return presence.yanked === true ? 'withdrawn' : 'live';
}
