// Version actions that know every new file before they start: what Nx itself takes to show the changes of a release.
const { readFileSync } = require('node:fs');
const { default: EmptyVersionActions } = require('./empty-actions.cjs');

let files;

class ReplayedVersionActions extends EmptyVersionActions {
  excludeManifestsFromFormatting = true;

  async updateProjectDependencies(tree) {
    if (files) return [];
    files = Object.entries(JSON.parse(readFileSync(process.env.BENCH_CHANGES, 'utf8')));
    for (const [file, text] of files) tree.write(file, text);
    const manifests = files.map(([manifestPath]) => ({ manifestPath }));
    this.manifestsToUpdate = manifests;
    return [];
  }
}

module.exports = { default: ReplayedVersionActions };
