/**
 * The demo's accounts, one for each office: password and a code computed from the seed. They exist in a demo
 * only, where the server listens on loopback; an installation that is no demo refuses them.
 */

import { createHash } from 'node:crypto';
import { ROLES } from '../access/index.ts';

/** An account of the demo: who it is, and how it signs in. */
export interface DemoAccount {
  readonly account: string;
  readonly name: string;
  readonly role: keyof typeof ROLES;
  /** The office in words. */
  readonly title: { readonly en: string; readonly ur: string };
  readonly organisation: 'authority' | 'fmu' | 'firm';
  readonly firm?: string;
}

/** One account for each role that the console serves; of a firm that is under supervision and of one that applies. Names are invented. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = ([
  { account: 'analyst', name: 'A. Raza', role: 'surveillance-analyst', organisation: 'authority' },
  { account: 'senior', name: 'H. Siddiqui', role: 'senior-analyst', organisation: 'authority' },
  { account: 'supervisor', name: 'S. Khan', role: 'supervisor', organisation: 'authority' },
  { account: 'licensing', name: 'N. Malik', role: 'licensing-officer', organisation: 'authority' },
  { account: 'policy', name: 'Z. Ahmed', role: 'policy', organisation: 'authority' },
  { account: 'admin', name: 'F. Baig', role: 'administrator', organisation: 'authority' },
  { account: 'fmu', name: 'K. Mirza', role: 'fiu-analyst', organisation: 'fmu' },
  { account: 'sdx', name: 'R. Qureshi', role: 'firm-compliance', organisation: 'firm', firm: 'sdx' },
  { account: 'sdx-mlro', name: 'M. Abbasi', role: 'mlro', organisation: 'firm', firm: 'sdx' },
  { account: 'bolan', name: 'T. Rind', role: 'firm-compliance', organisation: 'firm', firm: 'bln' },
] as const).map((each) => ({ ...each, title: ROLES[each.role].title }));

/** The demo's password for every account; accounts bind to loopback and are refused outside a demo. */
export const DEMO_PASSWORD = 'synthetic-demo';

/** TOTP secret of a demo account, from the seed. */
export function demoTotp(seed: string, account: string): Uint8Array {
  return createHash('sha256').update(`${seed}/totp/${account}`).digest().subarray(0, 20);
}
