export * from './errors';
export * from './model';
export * from './text';
export * from './edit';
export { ecosystems } from './ecosystems';
