import { readCsv } from "./csv";
import { t } from "./i18n";
import type { ProblemFault } from "./types";

export const orderColumns = ["number", "customer", "product", "name", "quantity", "unitPrice", "currency", "placedAt", "promisedAt", "carrier", "parcel"] as const;
const needed = ["number", "customer", "product", "quantity", "unitPrice", "placedAt"] as const;

export interface OrderLine {
  number: string;
  customer: string;
  lines: { product: string; name: string; quantity: number; unitPrice: number }[];
  total: number;
  currency: string;
  placedAt: string;
  promisedAt?: string;
  shipment?: { carrier: string; number: string; promisedAt?: string };
}

export interface OrdersRead {
  orders: OrderLine[];
  /** The file's line each order begins on. */
  lines: number[];
  faults: ProblemFault[];
}

const moment = (text: string): string | undefined => {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

/** Orders out of a CSV file: lines of one number make one order. Every fault is named with its line. */
export function readOrders(text: string, currency: string): OrdersRead {
  const [head, ...rows] = readCsv(text);
  const names = (head?.cells ?? []).map((name) => name.trim());
  const faults: ProblemFault[] = needed.filter((name) => !names.includes(name)).map((field) => ({ line: 1, field, message: t("fault.column") }));
  const orders = new Map<string, OrderLine>();
  const lines: number[] = [];
  if (faults.length > 0) {
    return { orders: [], lines, faults };
  }
  for (const { line, cells } of rows) {
    const of = (name: (typeof orderColumns)[number]) => (cells[names.indexOf(name)] ?? "").trim();
    const quantity = Number(of("quantity"));
    const unitPrice = Number(of("unitPrice").replaceAll(",", ""));
    const placedAt = moment(of("placedAt"));
    const promisedAt = moment(of("promisedAt"));
    const before = faults.length;
    for (const field of ["number", "customer", "product"] as const) {
      if (of(field) === "") {
        faults.push({ line, field, message: t("fault.empty") });
      }
    }
    if (!Number.isInteger(quantity) || quantity < 1) {
      faults.push({ line, field: "quantity", message: t("fault.whole") });
    }
    if (!Number.isFinite(unitPrice) || unitPrice < 0 || of("unitPrice") === "") {
      faults.push({ line, field: "unitPrice", message: t("fault.amount") });
    }
    if (!placedAt) {
      faults.push({ line, field: "placedAt", message: t("fault.date") });
    }
    if (of("promisedAt") !== "" && !promisedAt) {
      faults.push({ line, field: "promisedAt", message: t("fault.date") });
    }
    if (faults.length > before) {
      continue;
    }
    const item = { product: of("product"), name: of("name") || of("product"), quantity, unitPrice };
    const known = orders.get(of("number"));
    if (known) {
      known.lines.push(item);
      known.total = Math.round((known.total + quantity * unitPrice) * 100) / 100;
    } else {
      const promise = promisedAt ? { promisedAt } : {};
      orders.set(of("number"), {
        number: of("number"), customer: of("customer"), lines: [item], total: Math.round(quantity * unitPrice * 100) / 100, currency: of("currency") || currency, placedAt: placedAt!, ...promise,
        ...(of("carrier") !== "" && of("parcel") !== "" ? { shipment: { carrier: of("carrier"), number: of("parcel"), ...promise } } : {}),
      });
      lines.push(line);
    }
  }
  return { orders: [...orders.values()], lines, faults };
}
