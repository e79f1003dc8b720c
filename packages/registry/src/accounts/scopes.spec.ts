import { ecosystems } from '@forge/ecosystems';
import { normalizeBy } from './caller';
import { covers, parseScope, type NormalizeName, type Permission } from './scopes';

const normalize: NormalizeName = ({ ecosystem, name }) =>
  ecosystem === 'toy' ? name.toLowerCase() : undefined;

it.each([
  ['read', 'read'],
  ['publish', 'publish'],
  ['publish:toy', 'publish:toy'],
  ['publish:toy/Lamp', 'publish:toy/lamp'],
  ['publish:toy/@acme/*', 'publish:toy/@acme/*'],
  ['publish:toy/La*', 'publish:toy/la*'],
  ['publish:toy/*', 'publish:toy/*'],
  ['publish:nothing', undefined],
  ['publish:', undefined],
  ['publish:toy/', undefined],
  ['yank:toy', undefined],
  ['*', undefined],
  ['', undefined],
])('reads the scope `%s` as %s', (text, parsed) => {
  expect(parseScope(text, normalize)).toBe(parsed);
});

const lamp = { ecosystem: 'toy', name: 'LAMP' };
const other = { ecosystem: 'other', name: 'lamp' };

it.each<[readonly string[] | null, Permission, typeof lamp | undefined, boolean]>([
  [null, 'publish', lamp, true],
  [null, 'account', undefined, true],
  [['read'], 'read', lamp, true],
  [['read'], 'publish', lamp, false],
  [['read'], 'account', undefined, false],
  [['publish'], 'read', lamp, true],
  [['publish'], 'publish', lamp, true],
  [['publish'], 'yank', lamp, false],
  [['publish'], 'owners', lamp, false],
  [['publish:toy'], 'publish', lamp, true],
  [['publish:toy'], 'publish', undefined, false],
  [['publish:toy'], 'publish', other, false],
  [['publish:toy/lamp'], 'publish', lamp, true],
  [['publish:toy/lamp'], 'publish', { ...lamp, name: 'lamps' }, false],
  [['publish:toy/lamp'], 'publish', other, false],
  [['publish:toy/la*'], 'publish', { ...lamp, name: 'Ladder' }, true],
  [['publish:toy/la*'], 'publish', { ...lamp, name: 'mast' }, false],
  [['yank'], 'yank', lamp, true],
  [['admin'], 'owners', lamp, true],
  [['admin'], 'account', undefined, true],
])('%j covers %s of %j: %s', (scopes, permission, of, expected) => {
  expect(covers(scopes, permission, of, normalize)).toBe(expected);
});

it.each([
  ['cargo', 'my_*', 'my_lamp'],
  ['cargo', 'My_*', 'my-lamp'],
  ['pypi', 'Acme.*', 'acme_lamp'],
  ['npm', '@acme/*', '@acme/lamp'],
])('of %s, `%s` covers `%s`: names that begin so are compared as all are', (id, names, name) => {
  const byRules = normalizeBy(ecosystems);
  const scope = parseScope(`publish:${id}/${names}`, byRules) ?? '';
  expect(covers([scope], 'publish', { ecosystem: id, name }, byRules)).toBe(true);
});
