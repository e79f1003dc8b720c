export { changeManifest, planChange, type ChangedManifest } from './change-manifest';
