export {
  changeManifest,
  changeManifests,
  planChange,
  planChanges,
  type AskedChange,
  type ChangedManifest,
} from './change-manifest';
