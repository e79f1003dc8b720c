export { captured } from './captured';
export { placeAtByte } from './byte-place';
export { codeFrame, located, locatedSpan, placeAt } from './frame';
export { jsonSpans, parseJsonText, type JsonPath, type JsonSpan, type JsonSpans } from './json';
export { byteSpan, unitOffset } from './offsets';
export { decodeSource, sourceOfText } from './source';
export {
  editAt,
  type EditReason,
  holdsExpected,
  overlappingEdit,
  splice,
  staleEdit,
  uniqueEdits,
} from './splice';
export { parseToml, type TomlTable } from './toml';
export { tomlSpans, type FoundToml, type TomlReplacement, type TomlSpans } from './toml-spans';
export { type TomlPath, type TomlSpan } from './toml-scanner';
export { parseYaml, type YamlDocument, type YamlPath, type YamlSpan } from './yaml';
export { jsonAnswer, jsonMembers, parseJson } from './json-body';
