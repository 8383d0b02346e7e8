/**
 * Struct-of-arrays memory that grows by doubling: one typed array a column, all of one length. Growth
 * happens only when room is reserved, before a batch is applied, so a batch is applied whole or not at all.
 */

type ColumnType = Float64ArrayConstructor | Uint32ArrayConstructor | Uint16ArrayConstructor | Uint8ArrayConstructor;
export type ColumnSpec = Readonly<Record<string, ColumnType>>;
export type Columns<S extends ColumnSpec> = { [K in keyof S]: InstanceType<S[K]> };
type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Columns of `length`, all zero; with `old`, its content first. */
export function makeColumns<S extends ColumnSpec>(spec: S, length: number, old?: Columns<S>): Columns<S> {
  const made: Record<string, Column> = {};
  for (const [name, type] of Object.entries(spec)) {
    const column: Column = new type(length);
    const before = old?.[name];
    if (before !== undefined) column.set(before);
    made[name] = column;
  }
  return made as Columns<S>;
}

/** Bytes of one row over all columns. */
export function rowBytes(spec: ColumnSpec): number {
  return Object.values(spec).reduce((sum, type) => sum + type.BYTES_PER_ELEMENT, 0);
}
