/**
 * What becomes due when the watermark passes an instant: a binary heap by instant. Equal instants come
 * out in an order that may differ between runs; nothing that leaves the engine depends on it.
 */

export class Due<T> {
  readonly #at: number[] = [];
  readonly #what: T[] = [];

  get size(): number {
    return this.#at.length;
  }

  add(at: number, what: T): void {
    let i = this.#at.push(at) - 1;
    this.#what.push(what);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((this.#at[parent] ?? 0) <= at) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** Takes out one that is due at `now`, or gives `undefined`. */
  take(now: number): T | undefined {
    if (this.#at.length === 0 || (this.#at[0] ?? Infinity) > now) return undefined;
    const first = this.#what[0];
    this.#swap(0, this.#at.length - 1);
    this.#at.pop();
    this.#what.pop();
    this.#sink();
    return first;
  }

  #sink(): void {
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      if (left >= this.#at.length) return;
      const right = left + 1;
      const child = right < this.#at.length && (this.#at[right] ?? 0) < (this.#at[left] ?? 0) ? right : left;
      if ((this.#at[i] ?? 0) <= (this.#at[child] ?? 0)) return;
      this.#swap(i, child);
      i = child;
    }
  }

  #swap(a: number, b: number): void {
    const at = this.#at[a] ?? 0;
    this.#at[a] = this.#at[b] ?? 0;
    this.#at[b] = at;
    const what = this.#what[a];
    const other = this.#what[b];
    if (what === undefined || other === undefined) return;
    this.#what[a] = other;
    this.#what[b] = what;
  }
}
