// Version actions that do nothing: what remains of `nx release version` is Nx itself.
const { VersionActions } = require('nx/release');

class EmptyVersionActions extends VersionActions {
  /** Nx wants at least one name, and `init` would look for the files. */
  validManifestFilenames = ['bench'];

  async init() {}

  async readCurrentVersionFromSourceManifest() {
    return { currentVersion: '1.0.0', manifestPath: 'nowhere' };
  }

  async readCurrentVersionFromRegistry() {
    return null;
  }

  async readCurrentVersionOfDependency() {
    return { currentVersion: null, dependencyCollection: null };
  }

  async updateProjectVersion() {
    return [];
  }

  async updateProjectDependencies() {
    return [];
  }
}

module.exports = { default: EmptyVersionActions };
