export { overlay } from './overlay';
export { changeManifest, type ChangedManifest } from './change-manifest';
