export { catalogue, type ErrorCode } from './catalogue';
export { ForgeError, type ForgeErrorInit, type Place } from './forge-error';
