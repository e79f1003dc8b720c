import type { Migration } from '.';

/**
 * A version of which all was taken back may come anew where its registry allows that, and says something else then. What
 * it said before stays.
 */
export const manifestsOfUploads: Migration = {
  id: '0052-manifests-of-uploads',
  statements: [
    `alter table manifests add column upload_id bigint references uploads`,
    `alter table manifests disable trigger manifests_are_immutable`,
    `update manifests m set upload_id =
      (select min(u.id) from uploads u where u.version_id = m.version_id)`,
    `alter table manifests enable trigger manifests_are_immutable`,
    `alter table manifests drop constraint manifests_pkey, add primary key (upload_id)`,
    `create index manifests_of_version on manifests (version_id)`,
  ],
};
