// Not from here, because they take long to load: `./cases` reads every fixture tree, `./subjects` every ecosystem's kit.
export { tarGzOf, tarOf } from './archives';
export type { ConformanceKit, KitUpload } from './conformance-kit';
export { readerOf, sourceOf, type Files } from './memory-reader';
export { mutations, offsetIn, seeded } from './mutations';
export { settingsOf } from './settings';
export { toy } from './toy';
export { createWireServer, type WireServer } from './wire-server';
