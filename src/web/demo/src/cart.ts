import type { Product, Store } from "./types";

export interface CartLine {
  product: string;
  options: string;
  quantity: number;
}

/** The shopper's cart, kept in the browser. */
export class Cart {
  lines: CartLine[];
  coupon: string | undefined;

  constructor(private readonly store: Store) {
    this.lines = JSON.parse(localStorage.getItem(this.name) ?? "[]") as CartLine[];
  }

  private get name(): string {
    return `demo.${this.store.tenant}.cart`;
  }

  product(line: CartLine): Product {
    return this.store.products.find((one) => one.id === line.product)!;
  }

  add(product: string, options: string, quantity: number): void {
    const same = this.lines.find((line) => line.product === product && line.options === options);
    if (same) same.quantity += quantity;
    else this.lines.push({ product, options, quantity });
    this.save();
  }

  remove(line: CartLine): void {
    this.lines = this.lines.filter((one) => one !== line);
    this.save();
  }

  empty(): void {
    this.lines = [];
    this.coupon = undefined;
    this.save();
  }

  get count(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  get subtotal(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity * this.product(line).price, 0);
  }

  get discount(): number {
    const coupon = this.store.coupons.find((one) => one.code === this.coupon);
    return coupon ? (coupon.discount.amount ?? Math.round(this.subtotal * (coupon.discount.percent ?? 0)) / 100) : 0;
  }

  /** Whether the code is taken. Codes that exist still need their least total and the goods they are for. */
  apply(code: string): boolean {
    const coupon = this.store.coupons.find((one) => one.code.toLowerCase() === code.trim().toLowerCase());
    const products = this.lines.map((line) => this.product(line));
    const fits =
      coupon !== undefined &&
      products.filter((one) => !coupon.discount.category || one.category === coupon.discount.category).length > 0 &&
      this.subtotal >= coupon.minTotal &&
      !(coupon.notOnSale && products.some((one) => one.listPrice !== null)) &&
      (!coupon.discount.products || products.some((one) => coupon.discount.products!.includes(one.id)));
    this.coupon = fits ? coupon.code : undefined;
    return fits;
  }

  private save(): void {
    localStorage.setItem(this.name, JSON.stringify(this.lines));
  }
}
