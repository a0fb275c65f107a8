const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A random id of 20 letters and digits (103 bits), as the API takes it. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  let id = prefix;
  for (const byte of bytes) {
    id += alphabet[byte % 36];
  }
  return id;
}

/** Storage that may be forbidden (private mode, blocked cookies): then things last as long as the page. */
export function keep(storage: () => Storage, prefix: string) {
  const memory = new Map<string, string>();
  let store: Storage | undefined;
  try {
    store = storage();
    store.setItem(prefix, "");
  } catch {
    store = undefined; // Storage is blocked; the map below stands in.
  }
  return {
    get: (name: string): string | undefined => (store ? store.getItem(prefix + name) : memory.get(name)) ?? undefined,
    set(name: string, value: string | undefined): void {
      if (value === undefined) {
        memory.delete(name);
        store?.removeItem(prefix + name);
        return;
      }
      memory.set(name, value);
      try {
        store?.setItem(prefix + name, value);
      } catch {
        store = undefined; // Full: go on in memory.
      }
    },
  };
}

export type Keep = ReturnType<typeof keep>;

/** Full jitter (Brooker, "Exponential Backoff And Jitter", 2015): 0 to min(cap, base × 2^attempt) ms. */
export function backoff(attempt: number, base = 500, cap = 30_000): number {
  return Math.random() * Math.min(cap, base * 2 ** attempt);
}
