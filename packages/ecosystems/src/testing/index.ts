export { tarGzOf, tarOf } from './archives';
export { cases, type Case, type Tree } from './cases';
export type { ConformanceKit, KitUpload } from './conformance-kit';
export { readerOf, sourceOf, type Files } from './memory-reader';
export { mutations, offsetIn, seeded } from './mutations';
export { missingKits, subjects, type Subject } from './subjects';
export { settingsOf } from './settings';
export { toy } from './toy';
export { createWireServer, type WireServer } from './wire-server';
