export type { CatalogEntry } from './catalog-file';
export { findCatalogs, type Catalogs } from './find-catalogs';
