import { packages } from './0001-packages';
import { immutability } from './0002-immutability';
import { standing } from './0003-standing';
import { attachments } from './0004-attachments';
import { upstreamFiles } from './0005-upstream-files';
import { severalServers } from './0010-several-servers';
import { arrivals } from './0011-arrivals';
import { blobs } from './0012-blobs';
import { accounts } from './0020-accounts';
import { trustedPublishers } from './0021-trusted-publishers';
import { drafts } from './0030-drafts';
import { descriptions } from './0031-descriptions';
import { downloads } from './0032-downloads';
import { webhooks } from './0040-webhooks';
import { indexLog } from './0050-index-log';
import { packageNames } from './0051-package-names';
import { manifestsOfUploads } from './0052-manifests-of-uploads';
import { auditBySubject } from './0060-audit-by-subject';
import { namesAndEventsStay } from './0061-names-and-events-stay';

/** One step of the schema. What was released is never edited: a change is a further migration. */
export interface Migration {
  readonly id: string;
  readonly statements: readonly string[];
}

export const migrations: readonly Migration[] = [
  packages,
  immutability,
  standing,
  attachments,
  upstreamFiles,
  severalServers,
  arrivals,
  blobs,
  accounts,
  trustedPublishers,
  drafts,
  descriptions,
  downloads,
  webhooks,
  indexLog,
  packageNames,
  manifestsOfUploads,
  auditBySubject,
  namesAndEventsStay,
];
