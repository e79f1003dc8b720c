export { encodeTerm } from './external';
export { parseTerms } from './parse';
export { printTerm } from './print';
export { fieldsOf, isTerms, nil, no, pairOf, textOf, tuple, yes, type Term } from './term';
