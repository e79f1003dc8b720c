import type { PublishUnit } from '../plan/publish-unit';
import type { StageName } from '../record/release-state';
import type { PackagedProject } from '../package/package-projects';
import type { UnitResult } from '../publish/unit-result';

/** Is told how a release goes on, for people to see. */
export interface Progress {
  stage(name: StageName): void;
  /** Labels of everything that is going to be uploaded. */
  expect(labels: readonly string[]): void;
  building(project: string): void;
  built(result: PackagedProject): void;
  uploading(unit: PublishUnit): void;
  /** Uploaded, and waited for until everybody can see it. */
  waiting(unit: PublishUnit): void;
  /** A registry wants to be left alone for a while. */
  paused(unit: PublishUnit, milliseconds: number, why: string): void;
  result(unit: PublishUnit, result: UnitResult): void;
  note(text: string): void;
  /** Nothing more comes. */
  end(): void;
}
