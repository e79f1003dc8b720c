import { ForgeError, type HttpRequest, type HttpResponse } from '@forge/ecosystems';
import type { ForgeRelease } from '../record/planned-release';
import { isDone } from '../record/release-state';
import { forgeTokenProblems, tokenHeader } from './forge-token';
import { forges } from './forges';
import { stageDone, type Stage, type StageContext } from './stage';

/** Shows the release where the repository lives, with its changelog. What is there for the tag is brought up to date. */
export const forgeReleaseStage: Stage = {
  name: 'forge release',
  isWanted: ({ store }) => store.planned.forgeReleases.length > 0,
  async run(context) {
    const { store } = context;
    const problems: ForgeError[] = [];
    for (const release of store.planned.forgeReleases) {
      if (isDone(store.state(), 'forge release', release.tag)) continue;
      const problem = await show(release, context);
      if (problem) problems.push(problem);
    }
    return problems.length > 0 ? { ok: false, problems } : stageDone;
  },
};

async function show(
  release: ForgeRelease,
  { store, world, permit, progress }: StageContext,
): Promise<ForgeError | undefined> {
  const forge = forges[release.provider];
  const secretHeaders = tokenHeader(release);
  if (!forge || !secretHeaders) return forgeTokenProblems([release])[0];
  const send = (request: HttpRequest): Promise<HttpResponse> =>
    world.request({ ...request, secretHeaders });
  permit({ kind: 'forge release', tag: release.tag });
  const step = { step: 'forge release', subject: release.tag };
  store.journal.append('step', { ...step, state: 'begins' });
  const found = await send(forge.find(release));
  const isThere = found.status === 200;
  if (!isThere && found.status !== 404) return refused(release, found);
  const json = isThere ? (JSON.parse(Buffer.from(found.body).toString()) as unknown) : undefined;
  const answer = await send(isThere ? forge.update(release, json) : forge.create(release));
  if (answer.status >= 300 || answer.status < 200) return refused(release, answer);
  store.journal.append('step', { ...step, state: 'done' });
  progress.note(`shown          ${release.repository} ${release.tag}`);
  return undefined;
}

function refused({ repository, tag }: ForgeRelease, { status, body }: HttpResponse): ForgeError {
  const said = Buffer.from(body).toString().slice(0, 300);
  const what = `the release \`${tag}\` cannot be shown in \`${repository}\`: ${status === 0 ? 'no answer' : status} ${said}`;
  return new ForgeError('FORGE-L013', { what: what.trim() });
}
