import { catalogue, type ErrorCode } from './catalogue';

/** Where a problem stands: a workspace-relative file with `/`, 1-based line and column, and the text of that file for a code frame. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Length of the marked text in characters, for the caret line. */
  readonly length?: number;
}

export interface ForgeErrorInit {
  /** The cause, in the present tense, names in backticks. */
  readonly what: string;
  readonly where?: Place;
  /** Rendered lines around `where`, from `codeFrame`. */
  readonly frame?: string;
  /** What the reader can do now; overrides the catalogue's general advice. */
  readonly fix?: string;
}

/**
 * A problem with a code from the catalogue. It is a value first: functions of this package
 * return it in a `Result`; it is thrown only at the outermost edge (an executor, a CLI).
 */
export class ForgeError extends Error {
  readonly what: string;
  readonly where: Place | undefined;
  readonly frame: string | undefined;
  readonly fix: string;

  constructor(
    readonly code: ErrorCode,
    init: ForgeErrorInit,
  ) {
    super(init.what);
    this.name = 'ForgeError';
    this.what = init.what;
    this.where = init.where;
    this.frame = init.frame;
    this.fix = init.fix ?? catalogue[code].fix;
  }

  /** Link into docs/ERRORS.md, for example `ERRORS.md#forge-m002`. */
  get docs(): string {
    return `ERRORS.md#${this.code.toLowerCase()}`;
  }

  /** The full text: code and cause, place, frame, fix and link. */
  render(): string {
    const lines = [`${this.code} ${this.what}`];
    if (this.where) lines.push(`  --> ${renderPlace(this.where)}`);
    if (this.frame) lines.push(this.frame);
    lines.push(`fix: ${this.fix}`, `docs: ${this.docs}`);
    return lines.join('\n');
  }
}

function renderPlace({ file, line, column }: Place): string {
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}
