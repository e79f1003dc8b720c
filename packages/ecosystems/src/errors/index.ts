export { catalogue, type ErrorCode } from './catalogue';
export { ForgeError, type ForgeErrorInit, type Place } from './forge-error';
export { problemsError } from './problems-error';
