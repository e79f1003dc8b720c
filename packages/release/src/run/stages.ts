import { commitStage } from './commit-stage';
import { forgeReleaseStage } from './forge-release-stage';
import { packageStage } from './package-stage';
import { publishStage } from './publish-stage';
import { pushStage } from './push-stage';
import { recordStage } from './record-stage';
import { rehearseStage } from './rehearse-stage';
import type { Stage } from './stage';
import { tagStage } from './tag-stage';
import { versionStage } from './version-stage';

/** A release from its plan to its end. */
export const stages: readonly Stage[] = [
  versionStage,
  commitStage,
  packageStage,
  rehearseStage,
  publishStage,
  tagStage,
  pushStage,
  forgeReleaseStage,
  recordStage,
];
