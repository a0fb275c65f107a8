/** Many small things by id. Who shows one is told when that one changes; who shows the list, when it gains, loses or moves one. */
export class Keyed<T> {
  private readonly things = new Map<string, T>();
  private readonly watchers = new Map<string, Set<() => void>>();
  private readonly listWatchers = new Set<() => void>();
  private order: readonly string[] = [];

  get size(): number {
    return this.things.size;
  }

  readonly get = (id: string): T | undefined => this.things.get(id);
  readonly ids = (): readonly string[] => this.order;
  values = (): IterableIterator<T> => this.things.values();

  /** Tells nobody yet; see {@link tell}. */
  put(id: string, thing: T): boolean {
    const isNew = !this.things.has(id);
    this.things.set(id, thing);
    return isNew;
  }

  drop(id: string): boolean {
    return this.things.delete(id);
  }

  tell(ids: Iterable<string>): void {
    for (const id of ids) {
      this.watchers.get(id)?.forEach((watcher) => watcher());
    }
  }

  arrange(order: readonly string[]): void {
    if (order.length === this.order.length && order.every((id, index) => id === this.order[index])) {
      return;
    }
    this.order = order;
    this.listWatchers.forEach((watcher) => watcher());
  }

  watch(id: string, watcher: () => void): () => void {
    let watchers = this.watchers.get(id);
    if (!watchers) {
      this.watchers.set(id, (watchers = new Set()));
    }
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) {
        this.watchers.delete(id);
      }
    };
  }

  readonly watchList = (watcher: () => void): (() => void) => {
    this.listWatchers.add(watcher);
    return () => this.listWatchers.delete(watcher);
  };
}
