export { decodeTerm } from './decode';
export { encodeTerm } from './external';
export { isAtom, isText, itemsOf, propertyOf, type Node, type TextNode } from './node';
export { parseNodes, parseTerms, Unreadable } from './parse';
export { printTerm } from './print';
export { fieldsOf, isTerms, nil, no, pairOf, textOf, tuple, yes, type Term } from './term';
