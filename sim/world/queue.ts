/**
 * What is planned for later, in order of its instant; of equal instants the one that was planned first comes
 * first, so that the same seed gives the same order. A binary heap.
 */
export class Queue<T> {
  readonly #items: { readonly at: number; readonly turn: number; readonly what: T }[] = [];
  #turn = 0;

  get size(): number {
    return this.#items.length;
  }

  add(at: number, what: T): void {
    const items = this.#items;
    let i = items.length;
    const item = { at, turn: this.#turn++, what };
    items.push(item);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = items[parent];
      if (above === undefined || !isBefore(item, above)) break;
      items[i] = above;
      i = parent;
    }
    items[i] = item;
  }

  /** Takes the first one out when its instant is before `until`. */
  take(until: number): T | undefined {
    const items = this.#items;
    const first = items[0];
    if (first === undefined || first.at >= until) return undefined;
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return first.what;
  }

  #sink(item: { readonly at: number; readonly turn: number; readonly what: T }): void {
    const items = this.#items;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const right = items[child + 1];
      const left = items[child];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child += 1;
      const below = items[child];
      if (below === undefined || !isBefore(below, item)) break;
      items[i] = below;
      i = child;
    }
    items[i] = item;
  }
}

function isBefore(a: { readonly at: number; readonly turn: number }, b: { readonly at: number; readonly turn: number }): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}
