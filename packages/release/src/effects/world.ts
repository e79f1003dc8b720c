import {
  ForgeError,
  type Command,
  type CommandResult,
  type HttpRequest,
  type HttpResponse,
} from '@forge/ecosystems';
import { throughProxies } from './proxies';
import { runCommand } from './run-command';
import { sendRequest } from './send-request';
import type { ProcessWatch } from './upload-processes';

/**
 * Everything that leaves this process goes through here, so that a dry run is kept in one place:
 * whatever a tool does, a dry world starts no uploading command and sends no request that writes.
 */
export interface World {
  readonly dryRun: boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Runs a command that builds or describes; it touches temporary directories only. */
  build(command: Command): Promise<CommandResult>;
  /** Runs a command that uploads. Throws FORGE-P007 in a dry world. */
  upload(command: Command): Promise<CommandResult>;
  /**
   * GET and HEAD read; everything else throws FORGE-P007 in a dry world. `body` are the bytes of the body's file,
   * for whoever has read it already: what was looked at is then what is sent.
   */
  request(request: HttpRequest, body?: Uint8Array): Promise<HttpResponse>;
}

/** The real world. `FORGE_RELEASE_DRY_RUN=true` and Nx's `NX_DRY_RUN=true` win over the option. */
export function createWorld(options: {
  readonly dryRun: boolean;
  /** Is told of every program that uploads. */
  readonly watch?: ProcessWatch;
}): World {
  const dryRun = options.dryRun || isLatched('FORGE_RELEASE_DRY_RUN') || isLatched('NX_DRY_RUN');
  return {
    dryRun,
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    build: (command) => runCommand(throughProxies(command)),
    upload(command) {
      if (dryRun) throw dryRunBreach(`\`${command.program} ${command.args[0] ?? ''}\` would start`);
      return runCommand(throughProxies(command), options.watch);
    },
    request(request, body) {
      const reads = request.method === 'GET' || request.method === 'HEAD';
      if (dryRun && !reads) throw dryRunBreach(`${request.method} ${request.url} would be sent`);
      return sendRequest(request, undefined, body);
    },
  };
}

function isLatched(variable: string): boolean {
  const value = process.env[variable];
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}

function dryRunBreach(what: string): ForgeError {
  return new ForgeError('FORGE-P007', { what: `${what} in a dry run` });
}
