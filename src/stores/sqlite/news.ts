import type { ConversationId, Partition } from '../../core/ids.ts';

type AppendListener = (partition: Partition, place: number) => void;
type LogListener = (conversation: ConversationId) => void;

/**
 * What this process appended, told to those who wait here once it is on the disk. Telling of something that was undone
 * does no harm: whoever hears looks and finds nothing.
 */
export class News {
  readonly #onAppended = new Set<AppendListener>();
  readonly #onLogged = new Set<LogListener>();
  #appended = new Map<Partition, number>();
  #logged = new Set<ConversationId>();

  /** An event stands in the mailbox. */
  appended(partition: Partition, place: number): void {
    this.#appended.set(partition, place);
  }

  /** A conversation's log grew. */
  logged(conversation: ConversationId): void {
    this.#logged.add(conversation);
  }

  onAppended(listener: AppendListener): void {
    this.#onAppended.add(listener);
  }

  /** Gives the way to stop. */
  onLogged(listener: LogListener): () => void {
    // A listener of its own each time, so that the same function may be given twice.
    const own: LogListener = (conversation) => {
      listener(conversation);
    };
    this.#onLogged.add(own);
    return () => this.#onLogged.delete(own);
  }

  get hasLogListeners(): boolean {
    return this.#onLogged.size > 0;
  }

  /** Tells all there is to tell. */
  publish(): void {
    const [appended, logged] = [this.#appended, this.#logged];
    if (appended.size > 0) {
      this.#appended = new Map();
      for (const [partition, place] of appended) {
        for (const listener of this.#onAppended) listener(partition, place);
      }
    }
    if (logged.size > 0) {
      this.#logged = new Set();
      for (const conversation of logged) for (const listener of this.#onLogged) listener(conversation);
    }
  }
}
