export { startRegistry, type RegistryOptions, type RunningRegistry } from './server';
export { renderSettings } from './settings';
export type { RequestLogEntry } from './http/request-log';
export type { Arrival } from './store';
