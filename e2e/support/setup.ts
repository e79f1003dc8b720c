import { join } from 'node:path';
import { pathWithTools } from './install-toolchains';
import { repository } from './repository';

// Python tools that the demo or CI installed for themselves count as installed.
process.env['PATH'] = pathWithTools(join(repository, 'tmp/demo-tools'));
