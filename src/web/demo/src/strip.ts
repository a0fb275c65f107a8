import { api } from "./api";
import { h } from "./dom";
import { moment } from "./format";
import type { Insight, Persona, Situation, Step, StoreFile } from "./types";
import { wordsOf, type Say } from "./words";

/** What the system knows, predicts and why, beside the store, live. */
export class Strip {
  readonly element: HTMLElement;
  private readonly say: Say;
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
    this.say = wordsOf(file.store.locale);
    this.element = h("aside", { class: "strip", lang: file.store.locale, "aria-label": this.say("about") });
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
      h("header", {}, h("a", { href: "/", class: "brand" }, "SmartService"), h("span", { class: "tag" }, this.say("demo"))),
      h("p", { class: "lead" }, this.say("lead")),
      h(
        "div",
        { class: "who", role: "group", "aria-label": this.say("who") },
        ...this.file.situations.map((one) =>
          h("button", { type: "button", "aria-pressed": String(one.id === this.persona?.situation), "data-situation": one.id, click: () => this.choose(one) }, h("b", {}, one.title), h("small", {}, one.customer.name)),
        ),
        h("button", { type: "button", "aria-pressed": String(!this.persona), "data-situation": "guest", click: () => this.choose(undefined) }, h("b", {}, this.say("guest")), h("small", {}, this.say("guest.known"))),
      ),
      situation
        ? h(
          "section",
          { class: "story" },
          h("p", {}, situation.story),
          h("p", { class: "try" }, `${this.say("try")} `, ...situation.next.flatMap((step, index) => [index > 0 ? " → " : "", h("button", { type: "button", class: "step", "data-step": `${step.page}${step.policy ? `/${step.policy}` : ""}`, click: () => this.go(step) }, this.name(step))])),
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

  /** Policies and products by their names; the rest as it came. */
  private about(page: string, subject: string): string {
    const { policies, products } = this.file.store;
    const named = page === "policy" ? policies.find((one) => one.id === subject)?.title : page === "product" ? products.find((one) => one.id === subject)?.name : undefined;
    return named ?? subject;
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
    const say = this.say;
    const visits = insight.visits.slice(-5).reverse();
    return [
      h(
        "section",
        {},
        h("h2", {}, say("expects")),
        insight.forecast.length === 0 && h("p", { class: "dim" }, say("expects.none")),
        h(
          "ol",
          { class: "bars" },
          ...insight.forecast.slice(0, 4).map((one) => {
            const percent = Math.round(one.probability * 100);
            return h("li", { class: one.probability >= insight.threshold ? "likely" : "" }, h("span", {}, one.label), h("meter", { min: 0, max: 100, value: percent, "aria-label": one.label }), h("b", {}, `${percent} %`));
          }),
        ),
        insight.causes.length > 0 && h("p", { class: "dim" }, say("because", { causes: `${insight.causes.map((one) => say(`cause.${one}`)).join(", ")}${insight.about ? ` (${insight.about})` : ""}` })),
      ),
      h("section", {}, h("h2", {}, say("decides")), h("p", { class: "verdict" }, say(`verdict.${insight.verdict}`)), ...insight.popups.slice(-3).reverse().map((one) => h("p", { class: "dim" }, `${moment(store, one.at)} · ${one.label}${one.order ? ` · ${one.order}` : ""} · ${one.withheld ? say("withheld") : say(`outcome.${one.outcome}`)}`))),
      h(
        "section",
        {},
        h("h2", {}, say("knows")),
        h("p", {}, `${insight.name ?? say("someone")} · ${say(`tier.${insight.tier}`)}${insight.inHoldout ? ` · ${say("holdout")}` : ""}`),
        ...insight.orders.slice(-2).reverse().map((order) => h("p", { class: "dim" }, `${order.number}: ${say(`payment.${order.payment}`)}${order.parcel ? `, ${order.parcel.late ? `${say("late")}, ` : ""}${say(`parcel.${order.parcel.status}`)}` : ""}${order.refund ? `, ${say("refund")}` : ""}`)),
        h("ul", { class: "visits" }, ...visits.map((visit) => h("li", {}, h("span", {}, say(`page.${visit.page}`), visit.subject ? ` · ${this.about(visit.page, visit.subject)}` : ""), visit.error ? h("em", {}, say(`error.${visit.error}`)) : h("small", {}, say("seconds", { n: visit.dwellSeconds }))))),
      ),
      h(
        "section",
        {},
        h("h2", {}, say("traffic")),
        h("label", { class: "switch" }, h("input", { type: "checkbox", role: "switch", checked: insight.traffic.on, change: (event) => void api.traffic(store.tenant, (event.target as HTMLInputElement).checked) }), say("traffic.switch")),
        h("p", { class: "dim" }, say("traffic.count", { shoppers: insight.traffic.shoppers, visits: insight.traffic.visits, questions: insight.traffic.questions, popups: insight.traffic.popups })),
        h("p", {}, h("a", { href: `/console/?tenant=${store.tenant}` }, say("console"))),
      ),
      h("p", { class: "dim small" }, insight.model),
    ];
  }
}
