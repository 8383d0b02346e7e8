/**
 * The second wall in words that every room can use: row-level security for rows that a firm owns. The
 * house itself (`system`) reads and writes; the authority and its auditor read all; a firm's people read
 * their own firm's rows; the FMU reads only where a table says so. Nobody but the house writes: a member's
 * act goes through the access table first and is then written by the house.
 *
 * The policies read what `withActor` of `log` sets for the transaction. With nothing set, nothing is seen.
 */

/** Organisation of the transaction's actor, in SQL. */
export const ACTOR_ORGANISATION = `current_setting('nigran.organisation', true)`;
/** Firm of the transaction's actor, in SQL. */
export const ACTOR_FIRM = `current_setting('nigran.firm', true)`;

/** SQL that walls the rows of `table` by its column `firm`. `fmu`: the FMU reads them too. */
export function firmRows(table: string, reading: { readonly fmu: boolean }): string {
  const readers = ['system', 'authority', 'auditor', ...(reading.fmu ? ['fmu'] : [])].map((name) => `'${name}'`).join(', ');
  return `
${wall(table)}
create policy rows_app on ${table} to nigran_app
  using (${ACTOR_ORGANISATION} in (${readers}) or (${ACTOR_ORGANISATION} = 'firm' and firm = ${ACTOR_FIRM}))
  with check (${ACTOR_ORGANISATION} = 'system');`;
}

/**
 * SQL that walls rows of which a firm's people see what is `shared` of their own firm, and of the nation (`firm` is
 * null). The authority and its auditor read all; the FMU reads none.
 */
export function sharedRows(table: string): string {
  return `
${wall(table)}
create policy rows_app on ${table} to nigran_app
  using (${ACTOR_ORGANISATION} in ('system', 'authority', 'auditor') or (${ACTOR_ORGANISATION} = 'firm' and shared and (firm is null or firm = ${ACTOR_FIRM})))
  with check (${ACTOR_ORGANISATION} = 'system');`;
}

/** SQL that lets the authority and its auditor read the rows of `table`, and the house alone write them: no firm and not the FMU. */
export function ownRows(table: string): string {
  return `
${wall(table)}
create policy rows_app on ${table} to nigran_app using (${ACTOR_ORGANISATION} in ('system', 'authority', 'auditor')) with check (${ACTOR_ORGANISATION} = 'system');`;
}

/** SQL that lets every member read the rows of `table`, which are public, and the house alone write them. */
export function publicRows(table: string): string {
  return `
${wall(table)}
create policy rows_app on ${table} to nigran_app using (${ACTOR_ORGANISATION} <> '') with check (${ACTOR_ORGANISATION} = 'system');
create policy rows_gone on ${table} as restrictive for delete to nigran_app using (${ACTOR_ORGANISATION} = 'system');`;
}

/** SQL that leaves the rows of `table` to the house alone: sessions, secrets, tickets. */
export function houseRows(table: string): string {
  return `
${wall(table)}
create policy rows_app on ${table} to nigran_app using (${ACTOR_ORGANISATION} = 'system') with check (${ACTOR_ORGANISATION} = 'system');`;
}

/** Row-level security that binds the table's owner too, with the owner's own policy for migrations. */
export function wall(table: string): string {
  return `alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy rows_owner on ${table} to nigran_owner using (true) with check (true);`;
}
