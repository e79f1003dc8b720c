export { digest, digestsOf } from './digest';
export { gunzip, gzip } from './gzip';
export { parseMultipart, type Part } from './multipart';
export { readTar, writeTar, type TarEntry } from './tar';
export { readZip } from './zip';
