import type { HttpRequest, HttpResponse } from '@forge/ecosystems';
import { sourceOf } from '../../../../ecosystems/src/testing';
import type { AccessPorts, HelperAnswer } from '../../effects/access-ports';

export interface MemoryPorts extends AccessPorts {
  /** What was read, sent and asked, in order. */
  readonly log: string[];
  /** Milliseconds by which the clock goes on. */
  pass(milliseconds: number): void;
}

interface MemoryWorld {
  readonly env?: Readonly<Record<string, string>>;
  /** Absolute path → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly send?: (request: HttpRequest) => HttpResponse;
  readonly help?: (argv: readonly string[], input: string) => HelperAnswer;
}

/** A person's machine in memory: what is not given is not there. */
export function portsOf({ env = {}, files = {}, send, help }: MemoryWorld): MemoryPorts {
  const log: string[] = [];
  let time = 0;
  return {
    ...{ env, log, home: '/home/ada' },
    read: (path) => {
      const text = files[path];
      return text === undefined ? undefined : sourceOf(path, text);
    },
    async send(request) {
      log.push(`${request.method} ${request.url}`);
      return send?.(request) ?? { status: 404, headers: {}, body: Buffer.from('') };
    },
    async help(argv, input) {
      log.push(`${argv.join(' ')} < ${input.trim()}`);
      return help?.(argv, input) ?? { exitCode: 127, stdout: '', stderr: 'not found' };
    },
    now: () => time,
    pass: (milliseconds) => void (time += milliseconds),
  };
}
