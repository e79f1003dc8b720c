import type { Entry } from './entry';

/** FORGE-R: the registry server. */
export const registryErrors = {
  'FORGE-R001': {
    title: 'The upload is malformed',
    fix: 'build the package again with its own tool',
  },
  'FORGE-R002': {
    title: 'The package name is not valid',
    fix: 'choose a name that the ecosystem accepts',
  },
  'FORGE-R003': {
    title: 'The uploaded version is not valid',
    fix: 'choose a version that the ecosystem accepts',
  },
  'FORGE-R004': { title: 'A digest does not match the uploaded bytes', fix: 'upload again' },
  'FORGE-R005': {
    title: 'The request carries no valid token',
    fix: 'use a token of this registry',
  },
  'FORGE-R006': {
    title: 'The version exists with other content',
    fix: 'publish under a new version',
  },
  'FORGE-R007': { title: 'The upload is too large', fix: 'make the package smaller' },
  'FORGE-R008': {
    title: 'The data directory is in use by another process',
    fix: 'stop the other server, or use another directory',
  },
  'FORGE-R009': {
    title: 'The package belongs to other users',
    fix: 'ask one of its owners, or choose another name',
  },
  'FORGE-R010': {
    title: 'What is to be changed is not there',
    fix: 'look at what the registry lists',
  },
  'FORGE-R011': {
    title: 'The change is not possible',
    fix: 'change what stands in its way first',
  },
  'FORGE-R012': {
    title: 'The version was taken back and its number is used up',
    fix: 'publish under a new version',
  },
  'FORGE-R013': {
    title: 'The time in which this can be done is over',
    fix: 'withdraw the version instead, and publish a new one',
  },
  'FORGE-R014': {
    title: 'Another registry does not answer as it should',
    fix: 'ask again later, or start the registry without `--upstream`',
  },
  'FORGE-R020': {
    title: 'The database does not let the registry in',
    fix: 'look at its address, its name and the password',
  },
  'FORGE-R021': {
    title: 'The database cannot hold a registry',
    fix: 'give it a database of PostgreSQL 15 or later with the encoding UTF8',
  },
  'FORGE-R022': {
    title: 'The data belong to a newer registry',
    fix: 'start the newer version of the registry again',
  },
  'FORGE-R023': {
    title: 'A secret stands on the command line',
    fix: 'put it into the environment or into a file',
  },
  'FORGE-R024': {
    title: 'The object storage does not answer as it should',
    fix: 'look at its address, the name of the bucket and the keys',
  },
  'FORGE-R025': {
    title: 'Something is there already',
    fix: 'give a place where nothing is yet',
  },
  'FORGE-R026': {
    title: 'The backup is not as it was written',
    fix: 'restore another backup',
  },
  'FORGE-R027': {
    title: 'There is no registry',
    fix: 'give the `--data` or the database of the server',
  },
  'FORGE-R040': {
    title: 'The token is not good for this',
    fix: 'make a token with the scope that is named',
  },
  'FORGE-R041': {
    title: 'There were too many attempts to get in',
    fix: 'wait, and look at the name and the password',
  },
  'FORGE-R042': {
    title: 'The server is not fit for production',
    fix: 'give it what is named, or start it without `--production`',
  },
  'FORGE-R043': {
    title: 'The name, the password or the session is wrong',
    fix: 'log in again',
  },
  'FORGE-R044': {
    title: 'The identity is not accepted',
    fix: 'look at what the package trusts',
  },
  'FORGE-R045': {
    title: 'The server lets nobody register',
    fix: 'ask an administrator for an account',
  },
  'FORGE-R046': {
    title: 'The name or the address is taken',
    fix: 'choose another name',
  },
  'FORGE-R047': {
    title: 'What is said of an account is not valid',
    fix: 'choose another name, password, address or scope',
  },
  'FORGE-R048': {
    title: 'There were too many requests',
    fix: 'wait as long as the message says',
  },
  'FORGE-R050': {
    title: 'A provider of identities does not answer as it should',
    fix: 'ask again later, and look at the address of the provider',
  },
  'FORGE-R060': {
    title: 'The draft is not open',
    fix: 'open a draft of another version',
  },
  'FORGE-R061': {
    title: 'The bytes of a file are not here',
    fix: 'send them first',
  },
  'FORGE-R062': {
    title: 'The draft has another file of this name',
    fix: 'give up the draft and open a new one',
  },
  'FORGE-R063': {
    title: 'The draft cannot be published as it is',
    fix: 'make files and manifest say the same',
  },
  'FORGE-R064': {
    title: 'The manifest breaks a rule of its ecosystem',
    fix: 'correct what is named',
  },
  'FORGE-R065': {
    title: 'There is no such draft',
    fix: 'look at what opening it answered',
  },
  'FORGE-R066': {
    title: 'The draft is of another user',
    fix: 'ask them to publish it or to give it up',
  },
  'FORGE-R080': {
    title: 'A webhook cannot be told at this address',
    fix: 'give an `https` URL without a user in it, and names of events and packages',
  },
  'FORGE-R081': {
    title: 'A webhook leads to this machine or into a private network',
    fix: 'give a public address, or start the registry with `--private-webhooks`',
  },
  'FORGE-R090': {
    title: 'The archive is not safe to unpack',
    fix: 'build it anew with the tool of the ecosystem',
  },
  'FORGE-R091': {
    title: 'The upload says something that cannot be kept',
    fix: 'take out what is named',
  },
} as const satisfies Record<string, Entry>;
