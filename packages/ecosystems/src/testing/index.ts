export { formOf, tarGzOf, tarOf } from './archives';
export type { ConformanceKit, KitUpload } from './conformance-kit';
export { readerOf, sourceOf, type Files } from './memory-reader';
export { missingKits, subjects, type Subject } from './subjects';
export { toy } from './toy';
export { createWireServer, type WireServer } from './wire-server';
