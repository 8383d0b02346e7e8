/**
 * What somebody is about to do: an event without its head. Id, number and sealed identity are added when the
 * firm writes it down (`firm-book.ts`). A planted event carries its case here and nowhere in its body.
 */

import type { EventInput } from '../../src/contract/index.ts';
import type { Typology } from './labels.ts';

type WithoutHead<T> = T extends EventInput ? Omit<T, 'v' | 'id' | 'stream' | 'seq' | 'at' | 'identity'> : never;
type WithoutIdentity<T> = T extends EventInput ? Omit<T, 'identity'> : never;

/** An event's own fields. */
export type Body = WithoutHead<EventInput>;
/** An event as it is written down, its identity not sealed yet. */
export type Unsealed = WithoutIdentity<EventInput>;

/** The case that an event was planted for. */
export interface Planting {
  readonly id: string;
  readonly typology: Typology;
}

/** Something that is about to happen at a firm. */
export interface Planned {
  readonly at: number;
  /** Place among the reporting firms. */
  readonly firm: number;
  /** Whose act it is: the person's number. */
  readonly person: number;
  readonly body: Body;
  /** The event carries this person's identity. */
  readonly identifies?: true;
  readonly planting?: Planting;
}
