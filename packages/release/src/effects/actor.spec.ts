import { findActor, type ActorPorts } from './actor';

const ports = (more: Partial<ActorPorts> = {}): ActorPorts => ({
  env: {},
  gitName: async () => 'Ada Quill\n',
  account: () => 'ada',
  ...more,
});

it('is whom the CI system names, before git and the machine', async () => {
  const env = {
    GITHUB_ACTOR: 'octocat',
    GITHUB_TRIGGERING_ACTOR: 'hubot',
    GITLAB_USER_LOGIN: 'fox',
  };
  expect(await findActor('/w', ports({ env }))).toEqual({
    name: 'hubot',
    via: 'GITHUB_TRIGGERING_ACTOR',
  });
  expect(await findActor('/w', ports({ env: { GITLAB_USER_LOGIN: 'fox' } }))).toEqual({
    name: 'fox',
    via: 'GITLAB_USER_LOGIN',
  });
});

it('is the name of git elsewhere, then the one of the account, then nobody', async () => {
  const none = { gitName: async () => undefined };
  expect(await findActor('/w', ports())).toEqual({ name: 'Ada Quill', via: 'git' });
  expect(await findActor('/w', ports(none))).toEqual({ name: 'ada', via: 'machine' });
  expect(await findActor('/w', ports({ ...none, account: () => undefined }))).toBeUndefined();
});

it('is never an e-mail address, and reads no variable with one or with a token', async () => {
  const env = {
    BUILD_REQUESTEDFOR: 'ada@example.invalid',
    GITLAB_USER_EMAIL: 'ada@example.invalid',
    GITHUB_TOKEN: 'secret',
    CIRCLE_USERNAME: ' ',
  };
  const gitName = async (): Promise<string> => 'Ada <ada@example.invalid>';
  expect(await findActor('/w', ports({ env, gitName }))).toEqual({ name: 'ada', via: 'machine' });
});

it('is one line of bounded length', async () => {
  const name = `a\u001b[31m\nb${'c'.repeat(200)}`;
  const actor = await findActor('/w', ports({ env: { GITHUB_ACTOR: name } }));
  expect(actor?.name).toMatch(/^a \[31m b(c+)$/);
  expect(actor?.name).toHaveLength(100);
});
