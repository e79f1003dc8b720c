import { subjects } from '../../../ecosystems/src/testing/subjects';
import { openStore, replaceTokens } from '../store';
import { nativeUpload } from '../testing/native-upload';
import { publish } from './publish';

const now = new Date('2026-01-01T00:00:00Z');

it('events and the trail have the name of the package, in whatever spelling the upload has it', async () => {
  const store = await openStore();
  const users = { forge: 'a_token_that_is_long_enough', eve: 'another_token_that_is_long' };
  await replaceTokens(store.db, users, [], now);
  const subject = subjects.find(({ ecosystem }) => ecosystem.id === 'pypi');
  if (!subject) throw new Error('the ecosystem is not there');
  const { ecosystem } = subject;
  const put = (name: string, version: string, user: string) => {
    const files = [{ filename: `${name}-${version}.tar.gz`, bytes: Buffer.from(version) }];
    const upload = { ...nativeUpload(subject, 'of it'), name, version, files };
    return publish(store, { ecosystem, upload, user, now });
  };
  await put('Flask-Login', '1.0', 'forge');
  await put('flask_login', '2.0', 'forge');
  await put('FLASK.login', '3.0', 'eve');
  const told = await store.db.query(
    `select aggregate, payload ->> 'name' as name from outbox order by id`,
  );
  expect(told).toEqual([
    { aggregate: 'pypi:Flask-Login@1.0', name: 'Flask-Login' },
    { aggregate: 'pypi:Flask-Login@2.0', name: 'Flask-Login' },
  ]);
  expect(await store.db.query('select action, subject from audit order by id')).toEqual([
    { action: 'publish', subject: 'pypi:Flask-Login@1.0' },
    { action: 'publish', subject: 'pypi:Flask-Login@2.0' },
    { action: 'publish.denied', subject: 'pypi:Flask-Login@3.0' },
  ]);
  await store.close();
}, 60_000);
