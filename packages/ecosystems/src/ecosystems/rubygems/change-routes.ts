import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type PackageChange,
  type Result,
  type StoredPackage,
  type WireRequest,
  type WireResponse,
  type WireRoute,
} from '../../model';
import { gemFilename } from './gem-filename';

/** What `gem yank` and `gem owner` ask (RubyGems 3.3). Their forms stand in the body, also of a DELETE. */
export const changeRoutes: readonly WireRoute[] = [
  {
    kind: 'change',
    method: 'DELETE',
    path: '/api/v1/gems/yank',
    packageName: (request) => formOf(request).get('gem_name') ?? '',
    changes: yank,
    respond: (request) => {
      const form = formOf(request);
      return text(`Successfully deleted gem: ${form.get('gem_name')} (${form.get('version')})\n`);
    },
  },
  ...['/api/v1/gems/:name/owners.yaml', '/api/v1/gems/:name/owners.json'].map(ownersDocument),
  ownerRoute('POST', 'add-owner', 'Owner added successfully.\n'),
  ownerRoute('DELETE', 'remove-owner', 'Owner removed successfully.\n'),
  {
    kind: 'whoami',
    method: 'GET',
    path: '/api/v1/profile/me.yaml',
    respond: (_, { user = '' }) =>
      text(`---\nhandle: ${user}\nemail: ${emailOf(user)}\nmfa: disabled\n`),
  },
];

/**
 * The gem of one platform, by default `ruby`, as on rubygems.org: nobody gets it any more, and its number is used
 * up. There has been no way back since 2016, and `gem yank` knows none.
 */
function yank(found: StoredPackage, request: WireRequest): Result<readonly PackageChange[]> {
  const form = formOf(request);
  const version = form.get('version') ?? '';
  const filename = gemFilename(found.name, version, form.get('platform') || 'ruby');
  const stored = found.versions.find((each) => each.version === version);
  if (stored?.files.some((file) => file.filename === filename))
    return ok([{ kind: 'remove', version, filenames: [filename] }]);
  return fail(new ForgeError('FORGE-R010', { what: `there is no \`${filename}\`` }));
}

function ownersDocument(path: string): WireRoute {
  return {
    kind: 'package',
    method: 'GET',
    path,
    packageName: ({ params }) => params['name'] ?? '',
    respond: (found) => {
      if (!found) return { ...text('This rubygem could not be found.\n'), status: 404 };
      const owners = found.owners.map((handle, index) => ({
        id: index + 1,
        handle,
        email: emailOf(handle),
      }));
      // JSON is YAML as well.
      return text(`${path.endsWith('.yaml') ? '--- ' : ''}${JSON.stringify(owners)}\n`);
    },
  };
}

function ownerRoute(
  method: 'POST' | 'DELETE',
  kind: 'add-owner' | 'remove-owner',
  answer: string,
): WireRoute {
  return {
    kind: 'change',
    method,
    path: '/api/v1/gems/:name/owners',
    packageName: ({ params }) => params['name'] ?? '',
    changes: (_, request) => {
      const form = formOf(request);
      const user = userOf(form.get('email') ?? form.get('owner') ?? '');
      if (user !== '') return ok([{ kind, user }]);
      return fail(new ForgeError('FORGE-R001', { what: 'the form names no owner' }));
    },
    respond: () => text(answer),
  };
}

/** People write a handle or an address; users have no address here, so one is made of the handle. */
function userOf(identifier: string): string {
  return identifier.replace(/@localhost$/, '');
}

function emailOf(user: string): string {
  return `${user}@localhost`;
}

function formOf({ body }: WireRequest): URLSearchParams {
  return new URLSearchParams(Buffer.from(body).toString('utf8'));
}

function text(body: string): WireResponse {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
