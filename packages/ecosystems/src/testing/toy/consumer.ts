import { posix } from 'node:path';
import type { Consumer } from '../../model';

/** Fetches the archive of a version, as whoever uses toys would. */
const fetchScript = `const [, , document, version] = process.argv;
const name = document.split('/').pop();
const answer = await fetch(document);
const found = answer.ok ? (await answer.json()).versions[version] : undefined;
const archive = found && (await fetch(found.url));
if (!archive?.ok) {
  console.error('no such toy: ' + name);
  process.exit(1);
}
`;

export const consumer: Consumer = {
  needs: [{ name: 'node', anyOf: ['node'], hint: 'install Node.js' }],
  home: ({ directory }) => ({ files: [], env: { TOY_HOME: posix.join(directory, 'toys') } }),
  install({ name, version, endpoints, directory, programs }) {
    const script = posix.join(directory, 'fetch.mjs');
    const args = [script, `${endpoints['api']}/packages/${name}`, version];
    return {
      files: [{ path: script, content: fetchScript }],
      commands: [{ program: programs['node'] ?? 'node', args, cwd: directory }],
      proves: 'its archive can be fetched',
    };
  },
  lacking: ({ stderr }) =>
    [...stderr.matchAll(/no such toy: (\S+)/g)].map(([, name]) => name ?? ''),
};
