/** One step of a GitHub Actions job, as its workflow syntax has it: an action with its inputs, or a line for the shell. */
export type WorkflowStep =
  | {
      readonly name: string;
      /** `owner/name@ref`, with the major tag that the action keeps. */
      readonly uses: string;
      readonly with?: Readonly<Record<string, string | number | boolean>>;
    }
  | { readonly name: string; readonly run: string };

/** How a fresh machine of a CI system gets a program, by the system; needs with equal steps share them. */
export interface CiSetup {
  readonly github: readonly WorkflowStep[];
}
