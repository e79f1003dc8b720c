import { pathWithTools } from './install-toolchains';
import { toolsDirectory } from './lock-tools';

// Python tools that the demo or CI installed for themselves count as installed.
process.env['PATH'] = pathWithTools(toolsDirectory);
