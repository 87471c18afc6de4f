/** Lets so many works run at once; the others wait for their turn. */
export class Gate {
  readonly #places: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(places: number) {
    this.#places = places;
  }

  async through<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#places) await new Promise<void>((enter) => this.#waiting.push(enter));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const enter = this.#waiting.shift();
      // Whoever enters takes over the place.
      if (enter === undefined) this.#running -= 1;
      else enter();
    }
  }
}
