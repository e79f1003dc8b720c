/** An answer to an upload, in the words of a public registry; addresses are left out of them. */
export interface RegistryAnswer {
  readonly status: number;
  /** HTTP/1.1 reason phrase, where it says more than the usual one. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What may go wrong, by the name of the transcript, and what the tool's output has to be read as. */
export const expectedKinds = {
  published: ['published'],
  'no-credentials': ['needs-credentials'],
  unauthorized: ['needs-credentials'],
  'not-owner': ['forbidden'],
  // A duplicate says nothing of its bytes: both are followed by a comparison.
  duplicate: ['conflict', 'already-there'],
  rejected: ['rejected'],
  throttled: ['throttled'],
  'throttled-until': ['throttled'],
  broken: ['unreachable'],
  unavailable: ['unreachable'],
  cut: ['unreachable'],
  refused: ['unreachable'],
} as const;

export type Case = keyof typeof expectedKinds;

type Answers = Readonly<Partial<Record<Case, RegistryAnswer>>>;

const json = { 'content-type': 'application/json' };
const text = { 'content-type': 'text/plain' };
const html = { 'content-type': 'text/html' };
const seconds = { 'retry-after': '7' };

/** What stands in front of a registry answers in HTML, whatever was asked. */
const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
const unavailable = {
  status: 503,
  headers: html,
  body: page('503 Service Temporarily Unavailable'),
};
const crates = (detail: string): string => JSON.stringify({ errors: [{ detail }] });
const npm = (error: string): string => JSON.stringify({ error });
const hex = (status: number, message: string, errors?: object): string =>
  JSON.stringify({ status, message, ...(errors && { errors }) });

/**
 * By ecosystem: crates.io (src/controllers/krate/publish.rs, src/auth.rs), npm (recorded by its users), PyPI
 * (warehouse/forklift/legacy.py), RubyGems (app/models/pusher.rb), Hackage (Distribution/Server/Features/Upload.hs).
 */
export const registryAnswers: Readonly<Record<string, Answers>> = {
  cargo: {
    unauthorized: { status: 403, headers: json, body: crates('authentication failed') },
    'not-owner': {
      status: 403,
      headers: json,
      body: crates(
        "this crate exists but you don't seem to be an owner. If you believe this is a mistake, perhaps you need to accept an invitation to be an owner before publishing.",
      ),
    },
    duplicate: {
      status: 400,
      headers: json,
      body: crates('crate version `1.0.0` is already uploaded'),
    },
    rejected: {
      status: 400,
      headers: json,
      body: crates('missing or empty metadata fields: description. Please see the documentation'),
    },
    throttled: {
      status: 429,
      headers: json,
      body: crates('You have published too many versions of this crate in the last 24 hours'),
    },
    'throttled-until': {
      status: 429,
      headers: { ...json, ...seconds },
      body: crates(
        'You have published too many new crates in a short period of time. Please try again after Sat, 21 Nov 2026 12:30:00 GMT or email help to have your limit increased.',
      ),
    },
    broken: { status: 500, headers: json, body: crates('Internal Server Error') },
    unavailable,
  },
  npm: {
    unauthorized: { status: 401, headers: json, body: npm('Invalid or expired token') },
    'not-owner': {
      status: 403,
      headers: json,
      body: npm(
        'You do not have permission to publish "tiny-npm". Are you logged in as the correct user?',
      ),
    },
    duplicate: {
      status: 403,
      headers: json,
      body: npm('You cannot publish over the previously published versions: 1.0.0.'),
    },
    rejected: { status: 400, headers: json, body: npm('Package name too similar to tinynpm') },
    throttled: { status: 429, headers: json, body: npm('Too Many Requests') },
    'throttled-until': { status: 429, headers: { ...json, ...seconds }, body: npm('slow down') },
    broken: { status: 500, headers: json, body: npm('Internal Server Error') },
    unavailable,
  },
  pypi: {
    unauthorized: {
      status: 403,
      reason: 'Invalid or non-existent authentication information.',
      headers: html,
      body: page('403 Invalid or non-existent authentication information.'),
    },
    'not-owner': {
      status: 403,
      reason: "The user 'quill' isn't allowed to upload to project 'tiny-py'.",
      headers: html,
      body: page("403 The user 'quill' isn't allowed to upload to project 'tiny-py'."),
    },
    duplicate: {
      status: 400,
      reason: "File already exists ('tiny_py-1.0.0.tar.gz', with blake2_256 hash '0123').",
      headers: html,
      body: page("400 File already exists ('tiny_py-1.0.0.tar.gz', with blake2_256 hash '0123')."),
    },
    rejected: {
      status: 400,
      reason: "'description' is invalid",
      headers: html,
      body: page("400 'description' is invalid"),
    },
    throttled: {
      status: 429,
      reason: 'Too many new projects created',
      headers: html,
      body: page('429 Too many new projects created'),
    },
    'throttled-until': {
      status: 429,
      headers: { ...html, ...seconds },
      body: page('429 Too Many Requests'),
    },
    broken: { status: 500, headers: html, body: page('500 Internal Server Error') },
    unavailable,
  },
  hex: {
    unauthorized: { status: 401, headers: json, body: hex(401, 'invalid API key') },
    'not-owner': {
      status: 403,
      headers: json,
      body: hex(403, 'account is not authorized for this action'),
    },
    duplicate: {
      status: 422,
      headers: json,
      body: hex(422, 'Validation error(s)', {
        inserted_at: 'must include the --replace flag to update an existing release',
      }),
    },
    rejected: {
      status: 422,
      headers: json,
      body: hex(422, 'Validation error(s)', { name: 'is reserved' }),
    },
    throttled: { status: 429, headers: json, body: hex(429, 'API rate limit exceeded') },
    'throttled-until': {
      status: 429,
      headers: { ...json, ...seconds },
      body: hex(429, 'API rate limit exceeded'),
    },
    broken: { status: 500, headers: json, body: hex(500, 'Internal Server Error') },
    unavailable,
  },
  hackage: {
    unauthorized: { status: 401, headers: text, body: 'Username or password incorrect\n' },
    'not-owner': {
      status: 403,
      headers: text,
      body: 'Error: Forbidden: Only package maintainers may upload new versions\n',
    },
    duplicate: {
      status: 403,
      headers: text,
      body: 'Error: Upload failed: This version of the package has already been uploaded.\n',
    },
    rejected: {
      status: 400,
      headers: text,
      body: "Error: Invalid package: The 'license' field is missing or specified as AllRightsReserved.\n",
    },
    throttled: { status: 429, headers: html, body: page('429 Too Many Requests') },
    'throttled-until': {
      status: 429,
      headers: { ...html, ...seconds },
      body: page('429 Too Many Requests'),
    },
    broken: { status: 500, headers: text, body: 'Error: Server error\n' },
    unavailable,
  },
  rubygems: {
    unauthorized: {
      status: 401,
      headers: text,
      body: 'Access Denied. Please sign up for an account',
    },
    'not-owner': {
      status: 403,
      headers: text,
      body: 'You do not have permission to push to this gem. Ask an owner to add you with: gem owner tiny-gem --add quill@example.invalid',
    },
    duplicate: {
      status: 409,
      headers: text,
      body: 'Repushing of gem versions is not allowed.\nPlease use `gem yank` to remove bad gem releases.',
    },
    rejected: {
      status: 422,
      headers: text,
      body: 'RubyGems.org cannot process this gem.\nPlease try rebuilding it and installing it locally to make sure it is valid.',
    },
    throttled: { status: 429, headers: text, body: 'Retry later\n' },
    'throttled-until': { status: 429, headers: { ...text, ...seconds }, body: 'Retry later\n' },
    broken: {
      status: 500,
      headers: html,
      body: page('500 We are sorry, but something went wrong.'),
    },
    unavailable,
  },
};
