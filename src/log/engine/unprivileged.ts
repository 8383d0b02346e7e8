/**
 * The account under which PostgreSQL runs when a root user starts it: PostgreSQL refuses root. It is the
 * owner of the data that is there already, else the first of a fixed list. Nothing here changes the rights
 * of a directory that is not ours.
 */

import { chownSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** An account as the system calls want it. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL wants an account that `/etc/passwd` names. `postgres` comes last: its files may be those of another server. */
const CANDIDATES = ['nobody', 'daemon', 'postgres'] as const;

/** The account to run as, or `undefined` when the present one is not root and will do. */
export function serverAccount(data: string): Account | undefined {
  const owner = ownerOf(data);
  const self = process.getuid?.();
  if (self !== 0) {
    if (owner !== undefined && self !== undefined && owner.uid !== self) {
      throw new Refusal(`${data} belongs to another account (${owner.uid})`, 'start as that account or as root, or set NIGRAN_HOME to a directory of your own');
    }
    return undefined;
  }
  const accounts = readAccounts();
  if (owner !== undefined && owner.uid !== 0 && [...accounts.values()].some((account) => account.uid === owner.uid)) return owner;
  for (const name of CANDIDATES) {
    const account = accounts.get(name);
    if (account !== undefined && account.uid > 0) return account;
  }
  throw new Refusal('PostgreSQL must not run as root, and there is no account to drop to', 'start as an ordinary user');
}

/** Gives a directory and all in it to an account, as after a copy by root. */
export function giveTo(account: Account, path: string): void {
  chownSync(path, account.uid, account.gid);
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}

/** The owner of a path, when it exists. */
export function ownerOf(path: string): Account | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : { uid: found.uid, gid: found.gid };
}

function readAccounts(): ReadonlyMap<string, Account> {
  return new Map(readFileSync('/etc/passwd', 'utf8').split('\n').flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return /^\d+$/.test(uid ?? '') && /^\d+$/.test(gid ?? '') ? [[name, { uid: Number(uid), gid: Number(gid) }] as const] : [];
  }));
}
