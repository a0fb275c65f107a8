import { backoff, type Keep } from "./ids";
import type { Peak, Settings } from "./types";

export interface Session {
  token: string;
  customer: string;
  identified: boolean;
  locale: string;
  /** Where the stream begins: after it nothing is missed. */
  position: number;
  store: { name: string; locale: string; currency: string };
}

/** An answer of the server that says no. `retry` tells whether the same call may succeed later. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retry: boolean,
    readonly afterMs: number,
    readonly peak?: Peak,
  ) {
    super(code);
  }
}

const pauses = new Set<() => void>();

/** Waits, but no longer than until the network is back or `wake` is called. */
function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      pauses.delete(end);
      done();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    pauses.add(end);
  });
}

/** Whoever waits to try again looks at once whether that is still wanted. */
export function wake(): void {
  [...pauses].forEach((end) => end());
}

/** Calls the shopper API; opens and renews the session by itself. */
export class Api {
  private session: Session | undefined;
  private opening: Promise<Session> | undefined;
  private jwt: string | undefined;

  constructor(
    readonly settings: Settings,
    private readonly store: Keep,
    readonly browserSession: string,
  ) {
    this.jwt = settings.jwt;
  }

  get token(): string | undefined {
    return this.session?.token ?? this.store.get("token");
  }

  get customer(): string | undefined {
    return this.session?.customer;
  }

  /** Signs the shopper in with a JWT of the merchant, or out (undefined) into a new anonymous session. */
  async identify(jwt: string | undefined): Promise<Session> {
    this.jwt = jwt;
    if (jwt === undefined) {
      this.store.set("token", undefined);
    }
    this.session = undefined;
    this.opening = undefined;
    return this.open();
  }

  forget(): void {
    this.store.set("token", undefined);
    this.session = undefined;
    this.opening = undefined;
  }

  open(): Promise<Session> {
    if (this.session) {
      return Promise.resolve(this.session);
    }
    this.opening ??= this.openSession().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async openSession(): Promise<Session> {
    const body: Record<string, unknown> = { session: this.browserSession };
    const token = this.store.get("token");
    if (token) body.token = token;
    if (this.jwt) body.jwt = this.jwt;
    if (this.settings.locale) body.locale = this.settings.locale;
    const session = await this.send<Session>("POST", "/v1/shopper/sessions", body, this.settings.key);
    this.session = session;
    this.store.set("token", session.token);
    return session;
  }

  /** One call with the shopper token. An expired token is renewed once. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { token } = await this.open();
    try {
      return await this.send<T>(method, path, body, token);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        this.forget();
        return this.send<T>(method, path, body, (await this.open()).token);
      }
      throw error;
    }
  }

  /**
   * Calls until it is done or refused for good. For calls that carry an id, so that twice is once.
   * `again` is asked after a refusal and before the next call; with false it ends there.
   */
  async persist<T>(method: string, path: string, body: unknown, attempts = 8, again?: (refused?: Refused) => boolean): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.call<T>(method, path, body);
      } catch (error) {
        const refused = error instanceof Refused ? error : undefined;
        if ((refused && !refused.retry) || attempt + 1 >= attempts || again?.(refused) === false) {
          throw error;
        }
        // A line is no fault: its pace is the server's.
        if (refused?.peak) attempt = 0;
        await pause(Math.max(refused?.afterMs ?? 0, backoff(attempt)));
        if (again?.() === false) {
          throw error;
        }
      }
    }
  }

  /** Leaves with the page: sendBeacon cannot carry headers, so the token goes in the body, as plain text (no preflight). */
  beacon(path: string, body: Record<string, unknown>): boolean {
    const token = this.token;
    if (!token || !navigator.sendBeacon) {
      return false;
    }
    return navigator.sendBeacon(this.url(path), new Blob([JSON.stringify({ ...body, token })], { type: "text/plain" }));
  }

  url(path: string): string {
    return this.settings.server + path;
  }

  private async send<T>(method: string, path: string, body: unknown, credential: string): Promise<T> {
    const headers: Record<string, string> = { authorization: `Bearer ${credential}` };
    const init: RequestInit = { method, headers, credentials: "omit", signal: AbortSignal.timeout(15_000) };
    if (body !== undefined) {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    const response = await fetch(this.url(path), init);
    if (response.ok) {
      return (response.status === 204 ? undefined : await response.json()) as T;
    }
    const problem = (await response.json().catch(() => ({}))) as { code?: string; peak?: Peak };
    const retry = response.status === 429 || response.status >= 500;
    throw new Refused(response.status, problem.code ?? "unknown", retry, 1000 * Number(response.headers.get("retry-after") ?? 0), problem.peak);
  }
}
