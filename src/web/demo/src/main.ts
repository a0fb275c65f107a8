import { api } from "./api";
import { h } from "./dom";
import { StoreApp } from "./store";

async function landing(app: HTMLElement): Promise<void> {
  const stores = await api.stores();
  app.replaceChildren(
    h(
      "main",
      { class: "landing", "data-smartservice-page": "home" },
      h("h1", {}, "SmartService"),
      h("p", { class: "tagline" }, "Shoppers are helped before they ask. Walk into one of three demonstration stores."),
      h(
        "div",
        { class: "doors" },
        ...stores.map((store) => h("a", { href: `/demo/${store.tenant}/`, class: "door", style: `--hue:${store.hue}`, lang: store.locale }, h("b", {}, store.name), h("span", {}, store.tagline), h("small", {}, store.ready ? "open" : "opening…"))),
      ),
      h("p", {}, h("a", { href: "/console/" }, "The merchant's console"), " · ", h("a", { href: "/openapi/v1.json" }, "API")),
    ),
  );
  if (stores.some((store) => !store.ready)) {
    setTimeout(() => void landing(app), 1000);
  }
}

async function begin(): Promise<void> {
  const app = document.querySelector<HTMLElement>("#app")!;
  const tenant = /^\/demo\/([a-z0-9-]+)/.exec(location.pathname)?.[1];
  if (!tenant) {
    await landing(app);
    return;
  }
  const file = await api.store(tenant);
  await new StoreApp(app, file).start();
}

begin().catch((error: unknown) => {
  document.querySelector("#app")!.replaceChildren(h("main", { class: "landing" }, h("h1", {}, "This store is not open"), h("p", {}, String(error)), h("p", {}, h("a", { href: "/" }, "Back to all stores"))));
});
