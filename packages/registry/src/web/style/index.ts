import { colours } from './colours';
import { forms } from './forms';
import { frame } from './frame';
import { lists } from './lists';
import { packages } from './packages';
import { parts } from './parts';
import { text } from './text';

/** The one stylesheet, written by hand: no build makes it and no browser needs a script for it. */
export const stylesheet = [colours, text, frame, parts, forms, lists, packages].join('\n');
