export { codeFrame, located, placeAt } from './frame';
export { byteOffsets, unitOffset } from './offsets';
export { decodeSource } from './source';
export { editAt, splice, uniqueEdits } from './splice';
