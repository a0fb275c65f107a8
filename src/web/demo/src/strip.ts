import { api } from "./api";
import { h } from "./dom";
import { moment } from "./format";
import type { Insight, Persona, Situation, Step, StoreFile } from "./types";

const verdicts: Record<string, string> = {
  shown: "A popup is on the page.",
  nothing_likely: "Nothing is likely enough to interrupt for.",
  waiting: "Watching.",
};

const causes: Record<string, string> = {
  parcel_late: "the parcel is past its promised date",
  parcel_lost: "nobody scanned the parcel for days",
  payment_failed: "a payment was declined",
  payment_failed_twice: "the payment was declined twice",
  size_back_and_forth: "going back and forth between products",
  coupon_rejected: "a coupon was not accepted",
  refund_waiting: "a refund is being waited for",
  price_dropped: "the price fell after the purchase",
  policy_read: "a policy page was read",
  delivered_recently: "a parcel was delivered recently",
  out_of_stock: "something wanted is out of stock",
  cart_waiting: "the cart is filled and waiting",
  order_on_its_way: "an order is on its way",
};

/** What the system knows, predicts and why, beside the store, live. */
export class Strip {
  readonly element = h("aside", { class: "strip", lang: "en", "aria-label": "What SmartService sees" });
  private readonly live = h("div", { class: "live" });
  private timer: ReturnType<typeof setInterval> | undefined;
  private last = "";

  constructor(
    private readonly file: StoreFile,
    private persona: Persona | undefined,
    private readonly choose: (situation: Situation | undefined) => void,
    private readonly go: (step: Step) => void,
    private readonly customer: () => string | undefined,
  ) {
    this.draw();
    this.timer = setInterval(() => void this.refresh(), 700);
  }

  set(persona: Persona | undefined): void {
    this.persona = persona;
    this.last = "";
    this.live.replaceChildren();
    this.draw();
    void this.refresh();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private draw(): void {
    const situation = this.file.situations.find((one) => one.id === this.persona?.situation);
    this.element.replaceChildren(
      h("header", {}, h("a", { href: "/", class: "brand" }, "SmartService"), h("span", { class: "tag" }, "demo")),
      h("p", { class: "lead" }, "Choose who walks in. The strip shows what the system knows of them, what it expects them to ask, and why."),
      h(
        "div",
        { class: "who", role: "group", "aria-label": "Shopper" },
        ...this.file.situations.map((one) =>
          h("button", { type: "button", "aria-pressed": String(one.id === this.persona?.situation), "data-situation": one.id, click: () => this.choose(one) }, h("b", {}, one.title), h("small", {}, one.customer.name)),
        ),
        h("button", { type: "button", "aria-pressed": String(!this.persona), "data-situation": "guest", click: () => this.choose(undefined) }, h("b", {}, "A new guest"), h("small", {}, "nothing known yet")),
      ),
      situation
        ? h(
          "section",
          { class: "story" },
          h("p", { lang: this.file.store.locale }, situation.story),
          h("p", { class: "try" }, "Try: ", ...situation.next.flatMap((step, index) => [index > 0 ? " → " : "", h("button", { type: "button", class: "step", "data-step": `${step.page}${step.policy ? `/${step.policy}` : ""}`, click: () => this.go(step) }, this.name(step))])),
          )
        : "",
      this.live,
    );
  }

  private name(step: Step): string {
    const { ui, products, policies } = this.file.store;
    if (step.product) return products.find((one) => one.id === step.product)?.name ?? step.product;
    if (step.policy) return policies.find((one) => one.id === step.policy)?.title ?? step.policy;
    const names: Record<string, string | undefined> = { orders: ui["myOrders"], order: ui["orderNumber"], cart: ui["cart"], payment: ui["payWith"], checkout: ui["checkout"], home: ui["home"], tracking: ui["trackParcel"], promotion: this.file.store.campaign.name, account: ui["account"] };
    return names[step.page] ?? step.page;
  }

  private async refresh(): Promise<void> {
    const customer = this.customer();
    if (!customer || document.visibilityState === "hidden") {
      return;
    }
    let insight: Insight;
    try {
      insight = await api.insight(this.file.store.tenant, customer);
    } catch {
      return; // The server restarts: the next look will tell.
    }
    const key = JSON.stringify(insight);
    if (key !== this.last) {
      this.last = key;
      this.live.replaceChildren(...this.sections(insight));
    }
  }

  private sections(insight: Insight): HTMLElement[] {
    const { store } = this.file;
    const visits = insight.visits.slice(-5).reverse();
    return [
      h(
        "section",
        {},
        h("h2", {}, "Expects"),
        insight.forecast.length === 0 && h("p", { class: "dim" }, "Nothing yet: waiting for a page visit."),
        h(
          "ol",
          { class: "bars" },
          ...insight.forecast.slice(0, 4).map((one) => {
            const percent = Math.round(one.probability * 100);
            return h("li", { class: one.probability >= insight.threshold ? "likely" : "" }, h("span", {}, one.label), h("meter", { min: 0, max: 100, value: percent, "aria-label": one.label }), h("b", {}, `${percent} %`));
          }),
        ),
        insight.causes.length > 0 && h("p", { class: "dim" }, `Because ${insight.causes.map((one) => causes[one] ?? one).join("; ")}${insight.about ? ` (${insight.about})` : ""}.`),
      ),
      h("section", {}, h("h2", {}, "Decides"), h("p", { class: "verdict" }, verdicts[insight.verdict] ?? insight.verdict), ...insight.popups.slice(-3).reverse().map((one) => h("p", { class: "dim" }, `${moment(store, one.at)} · ${one.topic}${one.order ? ` · ${one.order}` : ""} · ${one.withheld ? "withheld (holdout)" : one.outcome}`))),
      h(
        "section",
        {},
        h("h2", {}, "Knows"),
        h("p", {}, `${insight.name ?? "A guest"} · ${insight.tier}${insight.inHoldout ? " · holdout group" : ""}`),
        ...insight.orders.slice(-2).reverse().map((order) => h("p", { class: "dim" }, `${order.number}: ${order.payment}${order.parcel ? `, ${order.parcel.late ? "late, " : ""}${order.parcel.status.replaceAll("_", " ")}` : ""}${order.refund ? ", refund" : ""}`)),
        h("ul", { class: "visits" }, ...visits.map((visit) => h("li", {}, h("span", {}, visit.page, visit.subject ? ` · ${visit.subject}` : ""), visit.error ? h("em", {}, visit.error.replaceAll("_", " ")) : h("small", {}, `${visit.dwellSeconds} s`)))),
      ),
      h(
        "section",
        {},
        h("h2", {}, "Traffic"),
        h("label", { class: "switch" }, h("input", { type: "checkbox", role: "switch", checked: insight.traffic.on, change: (event) => void api.traffic(store.tenant, (event.target as HTMLInputElement).checked) }), "Let simulated shoppers in"),
        h("p", { class: "dim" }, `${insight.traffic.shoppers} shoppers, ${insight.traffic.visits} visits, ${insight.traffic.questions} questions, ${insight.traffic.popups} popups so far.`),
        h("p", {}, h("a", { href: `/console/?tenant=${store.tenant}` }, "Open the merchant's Q&A page")),
      ),
      h("p", { class: "dim small" }, insight.model),
    ];
  }
}
