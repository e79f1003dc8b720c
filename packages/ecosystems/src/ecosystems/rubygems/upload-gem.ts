import { posix } from 'node:path';
import type { Artifact, Command, Upload, UploadContext } from '../../model';
import { publicEndpoints } from './endpoints';
import { isLoopback, isSameHost } from './push-host';
import { classifyPush, classifyResponse } from './upload-outcome';

/**
 * `gem push` with the host on the command line: without it `default_gem_server` and `allowed_push_host` of the
 * gem decide, and RUBYGEMS_HOST is ignored (RubyGems 3.3). A gem with `allowed_push_host` is refused for every
 * other host; so that it can be rehearsed on this machine, its bytes are then posted as `gem push` does it.
 */
export function uploadGem(artifact: Artifact, context: UploadContext): Upload {
  const { manifest, endpoints, token } = context;
  const host = endpoints['host'] ?? '';
  if (manifest.registry !== undefined && isLoopback(host) && !isSameHost(manifest.registry, host)) {
    return {
      kind: 'request',
      request: {
        method: 'POST',
        url: `${host}/api/v1/gems`,
        headers: { 'content-type': 'application/octet-stream' },
        secretHeaders: { authorization: token ?? '' },
        bodyFile: artifact.path,
      },
      classify: classifyResponse,
    };
  }
  return {
    kind: 'command',
    command: push(artifact, host, context),
    classify: classifyPush,
  };
}

function push(artifact: Artifact, host: string, context: UploadContext): Command {
  const { workDir, programs, token, otp } = context;
  const home = posix.join(workDir, 'gem-home');
  const isPublic = host === publicEndpoints.host;
  return {
    program: programs['gem'] ?? 'gem',
    // Verbose: otherwise RubyGems 3.3 prints the body of an answer and never its status.
    args: ['push', artifact.path, '--host', host, '--verbose'],
    cwd: workDir,
    env: isPublic ? {} : { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
    // Even an empty key keeps `gem push` from asking for e-mail and password; only the public registry
    // may fall back to the person's own credentials file.
    ...(isPublic && token === undefined
      ? {}
      : {
          secretEnv: {
            GEM_HOST_API_KEY: token ?? '',
            ...(otp === undefined ? {} : { GEM_HOST_OTP_CODE: otp }),
          },
        }),
  };
}
