export interface Product {
  id: string;
  name: string;
  category: string;
  price: number;
  listPrice: number | null;
  short: string;
  description: string;
  options: { name: string; values: string[] }[];
  specs: { name: string; value: string }[];
  stock: number;
  rating: number;
  reviews: number;
}

export interface Store {
  tenant: string;
  name: string;
  tagline: string;
  locale: "ko" | "zh" | "en";
  currency: string;
  timeZone: string;
  hue: number;
  categories: { id: string; name: string; blurb: string }[];
  products: Product[];
  policies: { id: string; title: string; body: string[] }[];
  coupons: { code: string; title: string; rule: string; minTotal: number; notOnSale: boolean; discount: { percent?: number; amount?: number; category?: string; products?: string[] } }[];
  campaign: { name: string; blurb: string };
  ui: Record<string, string>;
}

export interface Step {
  page: string;
  product?: string | null;
  policy?: string | null;
}

export interface Situation {
  id: string;
  title: string;
  story: string;
  customer: { id: string; name: string; tier: string };
  next: Step[];
  cart: { product: string; options: string }[];
  expectedIntent: string;
}

/** GET /demo/api/{tenant}/store */
export interface StoreFile {
  store: Store;
  situations: Situation[];
  publishableKey: string;
}

export interface Order {
  number: string;
  placedAt: string;
  total: number;
  lines: { product: string; name: string; quantity: number; unitPrice: number; options?: string | null }[];
  payment: string;
  paymentFailures: number;
  parcel?: { carrier: string; number: string; promisedAt?: string | null; eta?: string | null; status: string; delivered: boolean; late: boolean } | null;
  checkpoints: { at: string; place?: string | null; note?: string | null; status: string }[];
  refund?: { amount: number; requestedAt: string; dueAt?: string | null; paidAt?: string | null } | null;
}

/** POST /demo/api/{tenant}/personas */
export interface Persona {
  situation: string;
  customer: string;
  name: string;
  tier: string;
  jwt: string;
}

/** GET /demo/api/{tenant}/insight */
export interface Insight {
  customer: string;
  name?: string | null;
  tier: string;
  inHoldout: boolean;
  visits: { page: string; subject?: string | null; at: string; dwellSeconds: number; error?: string | null }[];
  orders: Order[];
  forecast: { intent: string; label: string; probability: number }[];
  about?: string | null;
  causes: string[];
  model: string;
  threshold: number;
  popups: { topic: string; label: string; order?: string | null; at: string; outcome: string; withheld: boolean }[];
  verdict: string;
  traffic: { on: boolean; shoppers: number; visits: number; questions: number; popups: number };
}
