import { setTimeout as pause } from 'node:timers/promises';
import { token } from './kept-registry';
import { makers, type Upload } from './uploads';

/** People who publish without end, whatever happens to the server. */
export interface Publishers {
  /** Uploads that the server said were there. */
  readonly acknowledged: readonly Upload[];
  /** Answers that nobody should get: neither success nor a server that is away. */
  readonly complaints: readonly string[];
  /** From now on they ask here. */
  moveTo(url: string): void;
  stop(): Promise<void>;
}

/**
 * Each publishes one version after another of packages of its own. What was not answered is sent again, byte for byte,
 * until it is: it may have been taken all the same.
 */
export function startPublishers(count: number): Publishers {
  const acknowledged: Upload[] = [];
  const complaints: string[] = [];
  let base: string | undefined;
  let isOver = false;

  async function publish(upload: Upload): Promise<void> {
    while (!isOver) {
      if (base === undefined) await pause(20);
      else if (await isTaken(base, upload)) return void acknowledged.push(upload);
    }
  }

  async function isTaken(url: string, upload: Upload): Promise<boolean> {
    const { method, path, headers, body, ecosystem, name, version } = upload;
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, authorization: `Bearer ${token}` },
        body: body as Uint8Array<ArrayBuffer>,
      });
      const text = await response.text();
      if (!response.ok)
        complaints.push(
          `${ecosystem} ${name} ${version}: ${response.status} ${text.slice(0, 200)}`,
        );
      return response.ok;
    } catch {
      // Killed, or not up yet: as a tool would see it.
      await pause(20);
      return false;
    }
  }

  async function work(publisher: number): Promise<void> {
    for (let i = 0; !isOver && complaints.length === 0; i += 1) {
      const make = makers[i % makers.length];
      // A few packages, so that versions come to packages that are there and to new ones.
      const name = `load${publisher}p${Math.floor(i / 30)}`;
      if (make) await publish(make(name, `1.${i}.0`));
    }
  }

  const working = Array.from({ length: count }, (_, publisher) => work(publisher));
  return {
    acknowledged,
    complaints,
    moveTo: (url) => (base = url),
    async stop() {
      isOver = true;
      await Promise.all(working);
    },
  };
}
