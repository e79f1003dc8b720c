import type { Command, ConsumeContext, WithdrawContext, WithdrawWay } from '../model';
import { createWireServer, readerOf, sourceOf } from '../testing';
import { subjects } from '../testing/subjects';

const root = 'http://127.0.0.1:4999';
const directory = '/consumer';
const token = 'token-of-a-person';

/** Everything that anybody may see of a command. */
function shown({ program, args, cwd, env = {} }: Command): string {
  return [program, ...args, cwd, ...Object.entries(env).flat()].join('\n');
}

const strangers = (text: string): readonly string[] =>
  [...text.matchAll(/https?:\/\/[^\s"'`<>#{}]+/g)]
    .map(([url]) => url)
    .filter((url) => !url.startsWith(root));

describe.each(subjects)('installing from and withdrawing at $id', ({ ecosystem, kit }) => {
  const endpoints = ecosystem.endpointsAt(root);
  const { name, version } = kit.registry;
  const upload = kit.registry.upload('first');
  const read = ecosystem.format.read(
    sourceOf(kit.manifest.file, kit.manifest.files[kit.manifest.file] ?? ''),
    readerOf(kit.manifest.files),
  );
  if (!read.ok || !read.value) throw new Error(`the kit of ${ecosystem.id} has no manifest`);
  const manifest = read.value;
  const { consumer, withdraw } = ecosystem.tool;

  describe('a consumer', () => {
    const artifacts = [{ filename: upload.filename, bytes: upload.bytes }];
    const context: ConsumeContext = {
      ...{ manifest, name, version, endpoints, directory, artifacts, programs: {} },
    };
    const home = consumer.home({ endpoints, directory });
    const { files, commands, proves } = consumer.install(context);

    it('writes and works in a directory of its own', () => {
      for (const { path } of [...home.files, ...files]) expect(path).toMatch(/^\/consumer\/./);
      for (const { cwd } of commands) expect(cwd).toMatch(/^\/consumer(\/|$)/);
      expect(commands.length).toBeGreaterThan(0);
      expect(proves).not.toBe('');
    });

    it('is told of no other registry, and of the very version', () => {
      const settings = [...home.files, ...files].map(({ content }) => content);
      const text = [...Object.values(home.env), ...settings, ...commands.map(shown)].join('\n');
      expect(strangers(text)).toEqual([]);
      expect(text).toContain(root);
      expect(text).toContain(name);
      expect(text).toContain(version);
    });

    it('takes a success for nothing that is lacking', () => {
      expect(consumer.lacking({ exitCode: 0, stdout: '', stderr: '' })).toEqual([]);
    });
  });

  describe('a withdrawal', () => {
    const server = createWireServer(ecosystem, root);
    const { request } = upload;
    server.send({ ...request, url: `${server.baseUrl}${request.path}` });
    const contextOf = (undo: boolean): WithdrawContext => ({
      ...{ manifest, name, version, endpoints, undo, reason: 'it leaks', token },
      ...{ workDir: '/work', programs: {} },
    });
    const look = (undo: boolean) => {
      const context = contextOf(undo);
      return withdraw.read(context, server.send(withdraw.ask(context)));
    };
    const perform = ({ acts }: WithdrawWay): void => {
      for (const act of acts)
        if (act.kind === 'request')
          expect(act.classify(server.send(act.request))).toEqual({ kind: 'done' });
    };

    it('has a way, the mildest first, and says what it means', () => {
      const { standing, ways } = look(false);
      expect(standing).toBe('live');
      expect(ways.length).toBeGreaterThan(0);
      expect(ways.findIndex(({ final }) => final)).not.toBe(ways.length > 1 ? 0 : -2);
      for (const { means, acts, byHand } of ways) {
        expect(means).not.toBe('');
        expect(acts.length > 0 || byHand !== undefined).toBe(true);
      }
    });

    it('shows no token, and speaks with this registry only', () => {
      const ways = [...look(false).ways, ...look(true).ways];
      const texts = ways
        .flatMap(({ acts }) => acts)
        .map((act) => {
          if (act.kind === 'command') return shown(act.command);
          const { url, headers = {}, body = '' } = act.request;
          return [url, ...Object.values(headers), body].join('\n');
        });
      expect(texts.join('\n')).not.toContain(token);
      expect(strangers(texts.join('\n'))).toEqual([]);
    });

    it('leaves the version as it says, and the way back too', () => {
      const [way] = look(false).ways;
      const isOurs = way?.acts.every(
        (act) => act.kind === 'request' && act.request.url.startsWith(server.baseUrl),
      );
      // What a tool or another API does is tried with the tools.
      if (!way || !isOurs) return;
      perform(way);
      expect(look(false).standing).toBe(way.leaves);
      const [back] = look(true).ways;
      if (back) perform(back);
      expect(look(true).standing).toBe(back?.leaves ?? way.leaves);
    });

    it('takes an outage for no knowledge', () => {
      const answer = { status: 503, headers: {}, body: new Uint8Array() };
      expect(withdraw.read(contextOf(false), answer).standing).toBe('unknown');
    });
  });
});
