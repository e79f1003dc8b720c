export {
  changeManifest,
  changeManifests,
  planChange,
  planChanges,
  type AskedChange,
  type ChangedManifest,
} from './change-manifest';
export { overlay, type Overlay } from './overlay';
export { readOnce } from './read-once';
