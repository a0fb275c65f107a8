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
    return this.coupon ? Math.round(this.subtotal * 10) / 100 : 0;
  }

  /** Whether the code is taken. Codes that exist still need their least total and goods that are not on sale. */
  apply(code: string): boolean {
    const coupon = this.store.coupons.find((one) => one.code.toLowerCase() === code.trim().toLowerCase());
    const onSale = this.lines.some((line) => this.product(line).listPrice !== null);
    this.coupon = coupon && this.subtotal >= coupon.minTotal && !onSale ? coupon.code : undefined;
    return this.coupon !== undefined;
  }

  private save(): void {
    localStorage.setItem(this.name, JSON.stringify(this.lines));
  }
}
