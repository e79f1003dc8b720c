export { digest, digestsOf } from './digest';
export { gunzip, gzip } from './gzip';
export { tarMembers, unpackTarGz, unreadable } from './members';
export { parseMultipart, type Part } from './multipart';
export { writeMultipart } from './multipart-form';
export { readPackageTar } from './package-tar';
export { readTar, writeTar, type TarEntry } from './tar';
export { readZip } from './zip';
export { zipMembers } from './zip-members';
