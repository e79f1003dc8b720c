import { ForgeError, type ErrorCode } from '@forge/ecosystems';

/** A refusal for now, with the seconds after which there is a chance again. */
export class TooMany extends ForgeError {
  constructor(
    code: ErrorCode,
    what: string,
    readonly seconds: number,
  ) {
    super(code, { what: `${what}; the next one is possible in ${seconds} s` });
  }
}
