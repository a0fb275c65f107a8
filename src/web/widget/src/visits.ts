import type { Api } from "./api";
import { newId } from "./ids";
import type { PageInfo } from "./types";

interface Visit {
  id: string;
  session: string;
  at: string;
  page: string;
  subject?: string;
  dwellSeconds: number;
  price?: number;
  referrer?: string;
  error?: string;
}

const patterns: [RegExp, string][] = [
  [/\/(checkout)(\/|$)/, "checkout"],
  [/\/(payment|pay)(\/|$)/, "payment"],
  [/\/(cart|basket|bag)(\/|$)/, "cart"],
  [/\/(tracking|track)(\/|$)/, "tracking"],
  [/\/orders?\/[^/]+/, "order"],
  [/\/(orders|my-orders)(\/|$)/, "orders"],
  [/\/(products?|p|item|goods)\/[^/]+/, "product"],
  [/\/(category|categories|collections?|c)\/[^/]+/, "category"],
  [/\/search(\/|$)/, "search"],
  [/\/(policy|policies|terms|returns|shipping)(\/|$)/, "policy"],
  [/\/(help|faq|support)(\/|$)/, "help"],
  [/\/(account|profile|login|my)(\/|$)/, "account"],
  [/\/(promo|promotions?|sale|events?)(\/|$)/, "promotion"],
  [/^\/?$/, "home"],
];

/** What kind of page this is: what the shop says (data-smartservice-page), else a guess from the path. */
export function describePage(document: Document, location: Location): Required<Pick<PageInfo, "page">> & PageInfo {
  const marked = document.querySelector<HTMLElement>("[data-smartservice-page]");
  if (marked) {
    const { smartservicePage, smartserviceSubject, smartservicePrice, smartserviceError } = marked.dataset;
    const info: Required<Pick<PageInfo, "page">> & PageInfo = { page: smartservicePage || "other" };
    if (smartserviceSubject) info.subject = smartserviceSubject;
    if (smartservicePrice && Number.isFinite(Number(smartservicePrice))) info.price = Number(smartservicePrice);
    if (smartserviceError) info.error = smartserviceError;
    return info;
  }
  const page = patterns.find(([pattern]) => pattern.test(location.pathname))?.[1] ?? "other";
  const last = location.pathname.split("/").filter(Boolean).pop();
  return page !== "home" && page !== "other" && last ? { page, subject: decodeURIComponent(last).slice(0, 100) } : { page };
}

/** Collects page visits, also in shops that change pages without loading them. One visit is told when it begins and when it ends. */
export class Visits {
  private current: Visit | undefined;
  private since = 0;
  private dwell = 0;
  private path = "";
  private readonly ended = new AbortController();

  constructor(
    private readonly api: Api,
    private readonly onPage: () => void,
  ) {}

  start(): void {
    this.patch("pushState");
    this.patch("replaceState");
    const { signal } = this.ended;
    addEventListener("popstate", () => this.moved(), { signal });
    document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? this.leave() : this.back()), { signal });
    addEventListener("pagehide", () => this.leave(), { signal });
    this.moved();
  }

  stop(): void {
    this.finish();
    this.ended.abort();
  }

  /** A new page, or news of this one (an error, a price). */
  track(info: PageInfo): void {
    if (this.current && (info.page === undefined || info.page === this.current.page) && (info.subject ?? this.current.subject) === this.current.subject) {
      Object.assign(this.current, info);
      this.tell();
      return;
    }
    this.begin({ page: "other", ...info });
  }

  private patch(method: "pushState" | "replaceState"): void {
    const original = history[method];
    history[method] = (...args: Parameters<History["pushState"]>) => {
      original.apply(history, args);
      // The shop draws the new page after this call returns.
      setTimeout(() => this.moved());
    };
  }

  private moved(): void {
    if (!this.ended.signal.aborted && location.pathname + location.search !== this.path) {
      this.path = location.pathname + location.search;
      this.begin(describePage(document, location));
    }
  }

  private begin(info: Required<Pick<PageInfo, "page">> & PageInfo): void {
    this.finish();
    const visit: Visit = { id: newId("v_"), session: this.api.browserSession, at: new Date().toISOString(), dwellSeconds: 0, ...info };
    const referrer = this.referrer();
    if (referrer) visit.referrer = referrer;
    this.current = visit;
    this.since = performance.now();
    this.dwell = 0;
    this.tell();
    this.onPage();
  }

  private referrer(): string | undefined {
    try {
      const host = new URL(document.referrer).host;
      return host && host !== location.host ? host : undefined;
    } catch {
      return undefined; // No referrer, or not an address.
    }
  }

  private seconds(): number {
    return Math.min(86_400, Math.round((this.dwell + (this.since ? performance.now() - this.since : 0)) / 1000));
  }

  private tell(): void {
    if (this.current) {
      const visits = [{ ...this.current, dwellSeconds: this.seconds() }];
      this.api.persist("POST", "/v1/shopper/visits", { visits }, 4).catch(() => undefined); // A lost visit is no reason to bother the shopper.
    }
  }

  private finish(): void {
    if (this.current && this.seconds() > 0) {
      this.api.beacon("/v1/shopper/visits", { visits: [{ ...this.current, dwellSeconds: this.seconds() }] });
    }
  }

  private leave(): void {
    this.finish();
    this.dwell += this.since ? performance.now() - this.since : 0;
    this.since = 0;
  }

  private back(): void {
    this.since = performance.now();
  }
}
