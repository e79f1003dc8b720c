module.exports = globalThis.requireOutside('semver');
