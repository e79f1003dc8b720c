import type { Migration } from '.';

/** What was tried with one package, in all its versions: every page of a package shows it. */
export const auditBySubject: Migration = {
  id: '0060-audit-by-subject',
  // By bytes, so that it finds what begins with a text, whatever the collation of the database is.
  statements: [`create index audit_by_subject on audit (subject text_pattern_ops)`],
};
