/**
 * What is shown to anyone, made once and kept: bytes, the same compressed, and a tag by which a reader who has it is
 * told so (RFC 9110 §13.1.2). A kept page is made again when what it was made of has changed, and never outlives the
 * minute that it says it is of. The shelf is bounded; what was asked for longest ago goes first.
 */

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { takesGzip } from '../static.ts';

/** Pages kept at most: a register of some hundred firms in both languages and all forms, and the searches of a minute. */
const KEPT_MAX = 4_000;
/** Bytes kept at most. */
const KEPT_BYTES_MAX = 64 * 1024 * 1024;

/** A text in the forms in which it leaves. */
export interface Pressed {
  readonly bytes: Buffer;
  readonly gzip: Buffer;
  readonly tag: string;
}

/** Presses a text. */
export function pressed(text: string): Pressed {
  const bytes = Buffer.from(text);
  return { bytes, gzip: gzipSync(bytes), tag: `W/"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"` };
}

/** Sends it, or tells that the reader has it. */
export function sendPressed(request: FastifyRequest, reply: FastifyReply, made: Pressed): FastifyReply {
  reply.header('etag', made.tag).header('vary', 'accept-encoding');
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim());
  if (known.includes(made.tag)) return reply.code(304).send();
  return takesGzip(request.headers['accept-encoding']) ? reply.header('content-encoding', 'gzip').send(made.gzip) : reply.send(made.bytes);
}

/** Pages by address, of one state of what they are made of. */
export class Shelf {
  readonly #kept = new Map<string, Pressed>();
  #of = '';
  #bytes = 0;

  /** The page of an address as of a state; `make` is asked when it is not kept. */
  take(of: string, address: string, make: () => string): Pressed {
    if (of !== this.#of) this.#empty(of);
    const known = this.#kept.get(address);
    if (known !== undefined) return known;
    const made = pressed(make());
    this.#kept.set(address, made);
    this.#bytes += sizeOf(made);
    for (const [oldest, page] of this.#kept) {
      if (this.#kept.size <= KEPT_MAX && this.#bytes <= KEPT_BYTES_MAX) break;
      this.#kept.delete(oldest);
      this.#bytes -= sizeOf(page);
    }
    return made;
  }

  #empty(of: string): void {
    this.#kept.clear();
    this.#bytes = 0;
    this.#of = of;
  }
}

function sizeOf(page: Pressed): number {
  return page.bytes.length + page.gzip.length;
}
