export { catalogue, type ErrorCode } from './catalogue';
export { ForgeError, type ForgeErrorInit, type Place } from './forge-error';
export { ForgeProblems, problemsError } from './problems-error';
