/**
 * The operator's ClickHouse, by `CLICKHOUSE_URL`. It is asked once at the start, so that a wrong address or
 * password is one line then and not a dark screen later; afterwards it may come and go. No password enters
 * a message.
 */

import type { AnalyticsAddress } from '../analytics/client.ts';
import { codeOf, Refusal } from './refusal.ts';

const ANSWER_LIMIT_MS = 10_000;
/** The embedded one is 26.7, and nothing older was tried. */
const VERSION_MIN = 26;

/** Checks that a ClickHouse answers at `text` and takes its account; gives the address for the client. */
export async function connectClickHouse(text: string): Promise<AnalyticsAddress> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Refusal('CLICKHOUSE_URL is not the address of a ClickHouse', 'write it as http://account:password@host:8123/database');
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  const address: AnalyticsAddress = {
    url: url.origin, username: decodeURIComponent(url.username) || 'default', password: decodeURIComponent(url.password), ...(database === '' ? {} : { database }),
  };
  const said = await ask(address, url.host);
  if (!(Number(said.split('.')[0]) >= VERSION_MIN)) throw new Refusal(`CLICKHOUSE_URL leads to ClickHouse ${said.slice(0, 40)}`, `use ClickHouse ${VERSION_MIN} or newer`);
  return address;
}

async function ask(address: AnalyticsAddress, host: string): Promise<string> {
  let answer: Response;
  let words: string;
  try {
    const database = address.database === undefined ? '' : `&database=${encodeURIComponent(address.database)}`;
    answer = await fetch(`${address.url}/?query=${encodeURIComponent('select version()')}${database}`, {
      headers: { 'x-clickhouse-user': address.username, 'x-clickhouse-key': address.password }, signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    words = (await answer.text()).trim();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    throw new Refusal(`CLICKHOUSE_URL (${host}) does not answer (${codeOf(cause) ?? (cause instanceof Error ? cause.message : 'no answer')})`,
      'start that server and see that this machine reaches it, or leave CLICKHOUSE_URL out for the embedded one', error);
  }
  if (answer.ok) return words;
  const isRefused = answer.status === 401 || answer.status === 403 || answer.headers.get('x-clickhouse-exception-code') === '516';
  if (isRefused) throw new Refusal(`CLICKHOUSE_URL (${host}) is refused by the server: wrong account or password`, 'correct the account and password in it');
  throw new Refusal(`CLICKHOUSE_URL (${host}) cannot be used (${words.split('\n')[0]?.slice(0, 200)})`, 'correct it, or leave it out for the embedded one');
}
