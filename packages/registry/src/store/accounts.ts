export * from './given-tokens';
export * from './made-tokens';
export * from './sessions';
export * from './token-hash';
export * from './tokens';
export * from './user-names';
export * from './users';
export * from './trusted-publishers';
