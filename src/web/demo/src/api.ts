import type { Insight, Order, Persona, StoreFile } from "./types";

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init);
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status}`);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The demo's own small API; the product's is used by the widget. */
export const api = {
  stores: () => call<{ tenant: string; name: string; tagline: string; locale: string; hue: number; ready: boolean }[]>("GET", "/demo/api/stores"),
  store: (tenant: string) => call<StoreFile>("GET", `/demo/api/${tenant}/store`),
  persona: (tenant: string, situation: string) => call<Persona>("POST", `/demo/api/${tenant}/personas`, { situation }),
  token: (tenant: string, customer: string) => call<{ jwt: string }>("POST", `/demo/api/${tenant}/token`, { customer }),
  orders: (tenant: string, customer: string) => call<Order[]>("GET", `/demo/api/${tenant}/orders?customer=${encodeURIComponent(customer)}`),
  buy: (tenant: string, customer: string, lines: { product: string; options: string; quantity: number }[]) => call<{ number: string }>("POST", `/demo/api/${tenant}/orders`, { customer, lines }),
  insight: (tenant: string, customer: string) => call<Insight>("GET", `/demo/api/${tenant}/insight?customer=${encodeURIComponent(customer)}`),
  traffic: (tenant: string, on: boolean) => call<void>("POST", `/demo/api/${tenant}/traffic`, { on }),
};
