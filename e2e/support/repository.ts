import { join } from 'node:path';

/** Absolute root of this repository. */
export const repository = join(__dirname, '../..');
