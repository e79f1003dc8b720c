export { cutBodies } from './bodies';
export { brokenDocuments, mistyped } from './documents';
export { hostileForms, withField, withoutField } from './forms';
export { hostileGzips } from './gzips';
export type { HostileBytes, HostileUpload, HostileUploads } from './hostile-upload';
export { hostileNames, hostileVersions } from './names';
export { rawTar } from './raw-tar';
export { entriesOf, hostileTars, type SoundTar } from './tars';
export { hostileZips } from './zips';
