import { api } from "./api";
import { art } from "./art";
import { Cart } from "./cart";
import { h } from "./dom";
import { day, moment, money } from "./format";
import { Strip } from "./strip";
import type { Order, Persona, Product, Situation, Step, StoreFile } from "./types";

type Page = { page: string; subject?: string; price?: number; content: (Node | string | false | undefined)[]; title?: string };

declare global {
  interface Window {
    SmartService?: (method: string, argument?: unknown) => unknown;
  }
}

/** A card that the shop's bank never accepts. */
const declinedCard = "4000 0000 0000 0002";

/** One storefront: pages by path, moving without reloading, as many shops do. */
export class StoreApp {
  private readonly root: string;
  private readonly cart: Cart;
  private readonly main = h("main", { id: "main", tabindex: -1 });
  private readonly head = h("header", { class: "shop-head" });
  private readonly strip: Strip;
  private persona: Persona | undefined;
  private orders: Order[] = [];

  constructor(
    private readonly app: HTMLElement,
    private readonly file: StoreFile,
  ) {
    this.root = `/demo/${file.store.tenant}`;
    this.cart = new Cart(file.store);
    this.persona = JSON.parse(sessionStorage.getItem(`demo.${file.store.tenant}.persona`) ?? "null") ?? undefined;
    this.strip = new Strip(
      file,
      this.persona,
      (situation) => void this.become(situation),
      (step) => this.follow(step),
      () => this.customer(),
    );
  }

  async start(): Promise<void> {
    const { store } = this.file;
    document.documentElement.lang = store.locale;
    document.title = store.name;
    document.documentElement.style.setProperty("--hue", String(store.hue));
    const skip = h("a", { href: "#main", class: "skip" }, store.ui["home"] ?? "");
    this.app.replaceChildren(
      this.strip.element,
      h("div", { class: "shop" }, skip, this.head, this.main, h("footer", { class: "shop-foot" }, h("nav", {}, ...store.policies.map((policy) => this.link(`/policy/${policy.id}`, policy.title))), h("p", {}, store.ui["footerNote"]))),
    );
    this.app.addEventListener("click", (event) => this.clicked(event as MouseEvent));
    addEventListener("popstate", () => this.draw());
    if (this.persona) {
      // The signature of a sign-in lives ten minutes at most: take a fresh one.
      this.persona.jwt = (await api.token(store.tenant, this.persona.customer).catch(() => this.persona!)).jwt;
    }
    await this.refresh();
    this.draw();
    this.loadWidget();
  }

  private loadWidget(): void {
    const script = h("script", { src: "/widget.js", async: true, "data-key": this.file.publishableKey, "data-locale": this.file.store.locale, "data-jwt": this.persona?.jwt });
    document.head.append(script);
  }

  /** The widget's shopper: the persona, or the guest that the widget's session made. */
  private customer(): string | undefined {
    if (this.persona) {
      return this.persona.customer;
    }
    return window.SmartService?.("customer") as string | undefined;
  }

  private async become(situation: Situation | undefined): Promise<void> {
    const name = `demo.${this.file.store.tenant}.persona`;
    if (situation) {
      this.persona = await api.persona(this.file.store.tenant, situation.id);
      sessionStorage.setItem(name, JSON.stringify(this.persona));
    } else {
      this.persona = undefined;
      sessionStorage.removeItem(name);
    }
    this.cart.empty();
    for (const line of situation?.cart ?? []) this.cart.add(line.product, line.options, 1);
    await window.SmartService?.("identify", this.persona?.jwt);
    this.orders = [];
    await this.refresh();
    this.strip.set(this.persona);
    this.go("/");
  }

  private follow(step: Step): void {
    const latest = this.orders[this.orders.length - 1]?.number;
    const paths: Record<string, string> = { home: "/", cart: "/cart", checkout: "/checkout", payment: "/checkout/payment", orders: "/orders", order: latest ? `/orders/${latest}` : "/orders", tracking: latest ? `/orders/${latest}/tracking` : "/orders", account: "/account", promotion: "/promotion", search: "/search", help: "/policy/delivery" };
    this.go(step.product ? `/product/${step.product}` : step.policy ? `/policy/${step.policy}` : (paths[step.page] ?? "/"));
  }

  /** Draws the page first and changes the address then: whoever watches the address finds the new page in place. */
  private go(path: string): void {
    this.show(path);
    history.pushState({}, "", this.root + path);
    scrollTo(0, 0);
    this.main.focus({ preventScroll: true });
    void this.refresh();
  }

  private clicked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (link && !event.ctrlKey && !event.metaKey && link.pathname.startsWith(`${this.root}/`) && link.origin === location.origin && !link.hash) {
      event.preventDefault();
      this.go(link.pathname.slice(this.root.length) + link.search);
    }
  }

  private link(path: string, ...content: (Node | string | undefined)[]): HTMLAnchorElement {
    return h("a", { href: this.root + path }, ...content);
  }

  private t(key: string): string {
    return this.file.store.ui[key] ?? key;
  }

  private draw(): void {
    this.show(location.pathname.slice(this.root.length) + location.search);
  }

  /** Looks for news of the shopper's orders; draws again when there are any. */
  private async refresh(): Promise<void> {
    const persona = this.persona;
    const orders = persona ? await api.orders(this.file.store.tenant, persona.customer).catch(() => this.orders) : [];
    if (persona === this.persona && JSON.stringify(orders) !== JSON.stringify(this.orders)) {
      this.orders = orders;
      this.draw();
    }
  }

  private show(path: string): void {
    const [, query] = path.split("?");
    const parts = (path.split("?")[0] ?? "").split("/").filter(Boolean).map(decodeURIComponent);
    const page = this.route(parts, new URLSearchParams(query));
    this.drawHead();
    // The widget reads these: what kind of page, about what, at which price.
    const { dataset } = this.main;
    for (const name of ["smartserviceSubject", "smartservicePrice"]) delete dataset[name];
    dataset["smartservicePage"] = page.page;
    if (page.subject) dataset["smartserviceSubject"] = page.subject;
    if (page.price !== undefined) dataset["smartservicePrice"] = String(page.price);
    document.title = page.title ? `${page.title} · ${this.file.store.name}` : this.file.store.name;
    this.main.replaceChildren(...page.content.filter((one): one is Node | string => Boolean(one)));
  }

  private drawHead(): void {
    const { store } = this.file;
    const search = h("form", { role: "search", submit: (event) => this.search(event) }, h("input", { type: "search", name: "q", placeholder: this.t("searchPlaceholder"), "aria-label": this.t("search") }));
    this.head.replaceChildren(
      h("div", { class: "bar" }, this.link("/", h("b", { class: "logo" }, store.name)), search, h("nav", { "aria-label": this.t("account") }, this.link("/orders", this.t("myOrders")), this.link("/account", this.persona ? this.persona.name : this.t("signIn")), this.link("/cart", `${this.t("cart")} (${this.cart.count})`))),
      h("nav", { class: "cats", "aria-label": this.t("category") }, ...store.categories.map((category) => this.link(`/category/${category.id}`, category.name)), this.link("/promotion", store.campaign.name)),
    );
  }

  private search(event: Event): void {
    event.preventDefault();
    const words = String(new FormData(event.target as HTMLFormElement).get("q") ?? "").trim();
    this.go(`/search?q=${encodeURIComponent(words)}`);
  }

  private route(path: string[], query: URLSearchParams): Page {
    const [first, second, third] = path;
    const { store } = this.file;
    switch (first) {
      case undefined:
        return this.home();
      case "category": {
        const category = store.categories.find((one) => one.id === second);
        return category ? this.list("category", category.id, category.name, category.blurb, store.products.filter((product) => product.category === category.id)) : this.missing();
      }
      case "product":
      case "products": {
        const product = store.products.find((one) => one.id === second);
        return product ? this.product(product) : this.missing();
      }
      case "search": {
        const words = query.get("q") ?? "";
        const hits = store.products.filter((product) => [product.name, product.short, product.description].some((text) => text.toLowerCase().includes(words.toLowerCase())));
        return this.list("search", words.slice(0, 100), `${this.t("search")}: ${words}`, "", hits);
      }
      case "cart":
        return this.cartPage();
      case "checkout":
        return second === "payment" ? this.payment() : this.checkout();
      case "orders":
        return second ? this.order(second, third === "tracking") : this.orderList();
      case "policy":
      case "policies": {
        const policy = store.policies.find((one) => one.id === second) ?? store.policies[0]!;
        return { page: "policy", subject: policy.id, title: policy.title, content: [h("article", { class: "prose" }, h("h1", {}, policy.title), ...policy.body.map((text) => h("p", {}, text)))] };
      }
      case "promotion":
        return { page: "promotion", title: store.campaign.name, content: [h("article", { class: "prose" }, h("h1", {}, store.campaign.name), h("p", {}, store.campaign.blurb), ...store.coupons.map((coupon) => h("section", { class: "coupon" }, h("b", {}, coupon.code), h("span", {}, coupon.title), h("small", {}, coupon.rule))))] };
      case "account":
        return { page: "account", title: this.t("account"), content: [h("article", { class: "prose" }, h("h1", {}, this.t("account")), h("p", {}, this.persona ? `${this.t("signedInAs")} ${this.persona.name} (${this.persona.tier})` : this.t("guest")), h("p", {}, this.link("/orders", this.t("myOrders"))))] };
      default:
        return this.missing();
    }
  }

  private missing(): Page {
    return { page: "other", content: [h("article", { class: "prose" }, h("h1", {}, "404"), h("p", {}, this.link("/", this.t("continueShopping"))))] };
  }

  private picture(product: Product, large = false): HTMLImageElement {
    return h("img", { src: art(product.id, product.category, this.file.store.hue), alt: "", width: large ? 480 : 240, height: large ? 480 : 240, loading: "lazy" });
  }

  private price(product: Product): HTMLElement {
    const { store } = this.file;
    return h("p", { class: "price" }, h("b", {}, money(store, product.price)), product.listPrice !== null && h("s", {}, money(store, product.listPrice)));
  }

  private tile(product: Product): HTMLElement {
    return h("li", {}, this.link(`/product/${product.id}`, this.picture(product), h("span", { class: "name" }, product.name), h("small", {}, product.short), this.price(product)));
  }

  private home(): Page {
    const { store } = this.file;
    const sale = store.products.filter((product) => product.listPrice !== null);
    return {
      page: "home",
      content: [
        h("section", { class: "hero" }, h("div", {}, h("h1", {}, store.tagline), h("p", {}, store.campaign.blurb), this.link("/promotion", store.campaign.name)), this.picture(sale[0] ?? store.products[0]!, true)),
        h("ul", { class: "grid" }, ...sale.slice(0, 4).map((product) => this.tile(product))),
        ...store.categories.map((category) => h("section", {}, h("h2", {}, this.link(`/category/${category.id}`, category.name)), h("p", { class: "dim" }, category.blurb), h("ul", { class: "grid" }, ...store.products.filter((product) => product.category === category.id).map((product) => this.tile(product))))),
      ],
    };
  }

  private list(page: string, subject: string, title: string, blurb: string, products: Product[]): Page {
    return { page, subject, title, content: [h("h1", {}, title), blurb !== "" && h("p", { class: "dim" }, blurb), h("ul", { class: "grid" }, ...products.map((product) => this.tile(product)))] };
  }

  private product(product: Product): Page {
    const { store } = this.file;
    const chosen = new Map(product.options.map((option) => [option.name, option.values[0] ?? ""]));
    const stock = product.stock === 0 ? this.t("outOfStock") : product.stock <= 3 ? this.t("lowStock") : this.t("inStock");
    const add = h("button", { type: "button", class: "primary", disabled: product.stock === 0, click: () => this.addToCart(product, [...chosen.values()].join(", ")) }, product.stock === 0 ? this.t("outOfStock") : this.t("addToCart"));
    const bought = this.orders.flatMap((order) => order.lines).find((line) => line.product === product.id);
    return {
      page: "product",
      subject: product.id,
      price: product.price,
      title: product.name,
      content: [
        h(
          "article",
          { class: "product" },
          this.picture(product, true),
          h(
            "div",
            {},
            h("h1", {}, product.name),
            h("p", { class: "rating", "aria-label": `${product.rating} / 5` }, "★".repeat(Math.round(product.rating)), ` ${product.rating} · ${product.reviews} ${this.t("reviews")}`),
            this.price(product),
            bought && bought.unitPrice > product.price ? h("p", { class: "dim" }, `${this.t("pricePaid")}: ${money(store, bought.unitPrice)}`) : undefined,
            h("p", {}, product.description),
            ...product.options.map((option) => h("label", { class: "option" }, option.name, h("select", { change: (event) => chosen.set(option.name, (event.target as HTMLSelectElement).value) }, ...option.values.map((value) => h("option", {}, value))))),
            h("p", { class: product.stock <= 3 ? "stock low" : "stock" }, stock),
            add,
            h("p", {}, this.link("/policy/returns", this.t("sizeGuide")), " · ", this.link("/policy/delivery", this.t("deliveryPolicy"))),
            h("h2", {}, this.t("specs")),
            h("dl", {}, ...product.specs.flatMap((spec) => [h("dt", {}, spec.name), h("dd", {}, spec.value)])),
          ),
        ),
        h("h2", {}, this.t("relatedProducts")),
        h("ul", { class: "grid" }, ...store.products.filter((one) => one.category === product.category && one.id !== product.id).map((one) => this.tile(one))),
      ],
    };
  }

  private addToCart(product: Product, options: string): void {
    this.cart.add(product.id, options, 1);
    this.go("/cart");
  }

  private sums(): HTMLElement {
    const { store } = this.file;
    return h(
      "dl",
      { class: "sums" },
      h("dt", {}, this.t("subtotal")),
      h("dd", {}, money(store, this.cart.subtotal)),
      ...(this.cart.coupon ? [h("dt", {}, `${this.t("coupon")} ${this.cart.coupon}`), h("dd", {}, `−${money(store, this.cart.discount)}`)] : []),
      h("dt", {}, this.t("total")),
      h("dd", {}, h("b", {}, money(store, this.cart.subtotal - this.cart.discount))),
    );
  }

  private cartPage(): Page {
    const { store } = this.file;
    if (this.cart.lines.length === 0) {
      return { page: "cart", title: this.t("cart"), content: [h("h1", {}, this.t("cart")), h("p", {}, this.t("emptyCart")), h("p", {}, this.link("/", this.t("continueShopping")))] };
    }
    const note = h("p", { class: "error", role: "alert" });
    const code = h("input", { name: "code", autocomplete: "off", "aria-label": this.t("coupon"), placeholder: store.coupons[0]?.code });
    const coupon = h(
      "form",
      {
        class: "coupon-form",
        submit: (event) => {
          event.preventDefault();
          if (this.cart.apply(code.value)) {
            this.draw();
          } else {
            note.textContent = this.t("couponInvalid");
            window.SmartService?.("track", { error: "coupon_rejected" });
          }
        },
      },
      h("label", {}, this.t("coupon"), code),
      h("button", { type: "submit" }, this.t("apply")),
      note,
    );
    return {
      page: "cart",
      title: this.t("cart"),
      content: [
        h("h1", {}, this.t("cart")),
        h(
          "ul",
          { class: "lines" },
          ...this.cart.lines.map((line) => {
            const product = this.cart.product(line);
            return h("li", {}, this.picture(product), h("span", {}, this.link(`/product/${product.id}`, product.name), h("small", {}, `${line.options} × ${line.quantity}`)), h("b", {}, money(store, product.price * line.quantity)), h("button", { type: "button", click: () => (this.cart.remove(line), this.draw()) }, this.t("remove")));
          }),
        ),
        coupon,
        this.sums(),
        h("button", { type: "button", class: "primary", click: () => this.go("/checkout") }, this.t("checkout")),
      ],
    };
  }

  private checkout(): Page {
    return { page: "checkout", title: this.t("checkout"), content: [h("h1", {}, this.t("checkout")), h("p", {}, this.persona ? `${this.t("signedInAs")} ${this.persona.name}` : this.t("guest")), this.sums(), h("button", { type: "button", class: "primary", click: () => this.go("/checkout/payment") }, this.t("payWith"))] };
  }

  private payment(): Page {
    const note = h("p", { class: "error", role: "alert" });
    const number = h("input", { name: "card", inputmode: "numeric", autocomplete: "off", value: this.persona?.situation === "payment-failed" ? declinedCard : "4242 4242 4242 4242", "aria-label": this.t("cardNumber") });
    const button = h("button", { type: "submit", class: "primary", disabled: this.cart.lines.length === 0 }, this.t("placeOrder"));
    const form = h(
      "form",
      {
        class: "pay",
        submit: (event) => {
          event.preventDefault();
          if (number.value.replaceAll(" ", "") === declinedCard.replaceAll(" ", "")) {
            note.textContent = this.t("paymentFailed");
            button.textContent = this.t("retryPayment");
            window.SmartService?.("track", { error: "payment_declined" });
          } else {
            void this.placeOrder(note);
          }
        },
      },
      h("label", {}, this.t("cardNumber"), number),
      note,
      button,
    );
    return { page: "payment", title: this.t("payWith"), content: [h("h1", {}, this.t("payWith")), this.sums(), form, h("p", { class: "dim" }, `${declinedCard} ✕`), h("p", {}, this.link("/policy/payment", this.file.store.policies.find((policy) => policy.id === "payment")?.title))] };
  }

  private async placeOrder(note: HTMLElement): Promise<void> {
    const customer = this.customer();
    if (!customer) {
      return;
    }
    try {
      const { number } = await api.buy(this.file.store.tenant, customer, this.cart.lines);
      this.cart.empty();
      await this.refresh();
      this.go(this.persona ? `/orders/${number}` : "/");
    } catch (error) {
      note.textContent = String(error);
    }
  }

  private state(order: Order): HTMLElement {
    const late = order.parcel?.late === true;
    const text = order.refund ? this.t("refund") : late ? this.t("late") : (order.parcel?.status ?? order.payment).replaceAll("_", " ");
    return h("span", { class: late ? "state late" : "state" }, text);
  }

  private orderList(): Page {
    const { store } = this.file;
    return {
      page: "orders",
      title: this.t("myOrders"),
      content: [
        h("h1", {}, this.t("myOrders")),
        this.orders.length === 0 && h("p", {}, this.link("/", this.t("continueShopping"))),
        h(
          "ul",
          { class: "orders" },
          ...[...this.orders].reverse().map((order) =>
            h("li", {}, h("div", {}, this.link(`/orders/${order.number}`, h("b", {}, order.number)), h("small", {}, `${this.t("placedOn")} ${day(store, order.placedAt)}`)), h("span", {}, order.lines.map((line) => line.name).join(", ")), h("b", {}, money(store, order.total)), this.state(order), order.parcel ? this.link(`/orders/${order.number}/tracking`, this.t("trackParcel")) : undefined),
          ),
        ),
        h("p", {}, this.link("/policy/delivery", this.t("deliveryPolicy")), " · ", this.link("/policy/returns", this.t("returnsPolicy"))),
      ],
    };
  }

  private order(number: string, tracking: boolean): Page {
    const { store } = this.file;
    const order = this.orders.find((one) => one.number === number);
    if (!order) {
      return this.missing();
    }
    const { parcel, refund } = order;
    return {
      page: tracking ? "tracking" : "order",
      subject: number,
      title: number,
      content: [
        h("h1", {}, `${this.t("orderNumber")} ${number}`),
        h("p", {}, `${this.t("placedOn")} ${day(store, order.placedAt)} · ${money(store, order.total)} `, this.state(order)),
        h("ul", { class: "lines" }, ...order.lines.map((line) => h("li", {}, h("span", {}, this.link(`/product/${line.product}`, line.name), h("small", {}, `${line.options ?? ""} × ${line.quantity}`)), h("b", {}, money(store, line.unitPrice * line.quantity))))),
        refund ? h("p", { class: "note" }, `${this.t("refund")}: ${money(store, refund.amount)} · ${day(store, refund.requestedAt)}${refund.dueAt ? ` → ${day(store, refund.dueAt)}` : ""}`) : undefined,
        parcel
          ? h(
              "section",
              { class: "tracking" },
              h("h2", {}, this.t("trackParcel")),
              h("p", {}, `${parcel.carrier} ${parcel.number}`),
              parcel.promisedAt ? h("p", {}, `${this.t("promisedBy")} ${day(store, parcel.promisedAt)}`) : undefined,
              parcel.eta ? h("p", {}, `${this.t("estimated")} ${day(store, parcel.eta)}`) : undefined,
              h("h3", {}, this.t("checkpoints")),
              h("ol", {}, ...[...order.checkpoints].reverse().map((one) => h("li", {}, h("time", { datetime: one.at }, moment(store, one.at)), h("span", {}, [one.place, one.note].filter(Boolean).join(" · "))))),
            )
          : undefined,
        h("p", {}, this.link("/policy/delivery", this.t("deliveryPolicy")), " · ", this.link("/policy/returns", this.t("returnsPolicy"))),
      ],
    };
  }
}
