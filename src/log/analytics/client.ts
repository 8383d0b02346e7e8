/**
 * The analytics boundary: ClickHouse by its HTTP interface, embedded or a cluster, one client and one
 * SQL. A failure here never reaches the deciding path: those who ask for figures are told as of when
 * they stand, or that they cannot be had now.
 */

import { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';

/** Where ClickHouse answers and with which secret. */
export interface AnalyticsAddress {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** The database there; the account's own when left out. */
  readonly database?: string;
}

/** A question takes at most this long; a screen that waits longer is told so. */
const QUERY_TIMEOUT_MS = 30_000;

/** A client of ClickHouse: statements, questions with bound values, inserts by token. Throws what ClickHouse answers, or after 30 s. */
export class Analytics {
  readonly #client: ClickHouseClient;

  constructor(address: AnalyticsAddress) {
    this.#client = createClient({ ...address, request_timeout: QUERY_TIMEOUT_MS, max_open_connections: 8, log: { level: ClickHouseLogLevel.OFF } });
  }

  /** Runs a statement without a result. */
  async run(sql: string): Promise<void> {
    await this.#client.command({ query: sql });
  }

  /** Rows of a question. Values are bound (`{name:Type}`), never pasted. The caller parses the rows. */
  async ask(sql: string, params: Record<string, unknown> = {}): Promise<unknown[]> {
    const result = await this.#client.query({ query: sql, query_params: params, format: 'JSONEachRow' });
    return result.json<unknown>();
  }

  /** The whole answer to a statement that names a binary format, held in memory: ask for bounded pieces. */
  async read(sql: string, params: Record<string, unknown> = {}): Promise<Buffer> {
    const answer = await this.#client.exec({ query: sql, query_params: params });
    const pieces: Buffer[] = [];
    for await (const piece of answer.stream) if (Buffer.isBuffer(piece)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** Inserts rows of a binary format once: the same token again changes nothing. */
  async insert(statement: string, body: Buffer, token: string): Promise<void> {
    await this.#client.exec({
      query: statement,
      values: Readable.from([body], { objectMode: false }),
      clickhouse_settings: { insert_deduplication_token: token, insert_deduplicate: 1 },
    }).then((answer) => drain(answer.stream));
  }

  async isUp(): Promise<boolean> {
    const pong = await this.#client.ping();
    return pong.success;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) void _;
}
