module.exports = globalThis.requireOutside('zod');
