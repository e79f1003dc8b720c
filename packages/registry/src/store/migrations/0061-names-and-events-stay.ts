import type { Migration } from '.';

/**
 * A package keeps its name, which all that was published under it would lose otherwise; its `revision` rises with every
 * change. Events stay, told of or not: they are listed to whoever asks later, and nobody prunes them.
 */
export const namesAndEventsStay: Migration = {
  id: '0061-names-and-events-stay',
  statements: [
    `create trigger packages_keep_their_names
      before update of id, ecosystem, name, normalized_name on packages
      for each row execute function refuse_change()`,
    `create trigger packages_stay before delete on packages
      for each row execute function refuse_change()`,
    `create trigger outbox_events_stay before delete on outbox
      for each row execute function refuse_change()`,
    ...['packages', 'outbox'].map(
      (table) => `create trigger ${table}_are_not_truncated before truncate on ${table}
        for each statement execute function refuse_change()`,
    ),
  ],
};
