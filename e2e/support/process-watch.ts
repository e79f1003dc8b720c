import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessWatch {
  /** Ends the watch; every command line in which one of the texts stood. */
  stop(): readonly string[];
}

const pauseMs = 15;

/** Looks again and again at the arguments of all processes of this machine, as anybody who may log in can. */
export function watchArguments(texts: readonly string[]): ProcessWatch {
  const seen = new Set<string>();
  const look = (): void => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const line = commandLine(pid);
      if (texts.some((text) => line.includes(text))) seen.add(line);
    }
  };
  const timer = setInterval(look, pauseMs);
  return {
    stop() {
      clearInterval(timer);
      return [...seen];
    },
  };
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Gone since the directory was read.
    return '';
  }
}
