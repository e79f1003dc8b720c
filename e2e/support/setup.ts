import { pathWithTools } from './install-toolchains';
import { toolsDirectory } from './lock-tools';

// Python tools that the demo or CI installed for themselves count as installed.
process.env['PATH'] = pathWithTools(toolsDirectory);

// Nx 23 starts a process for each of its plugins, also its own ones, which is two thirds of what a command takes. The
// suites that are about Nx itself switch that on again.
process.env['NX_ISOLATE_PLUGINS'] ??= 'false';
