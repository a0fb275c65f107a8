import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useSigned } from "../../context";
import { t } from "../../i18n";
import { Copyable } from "./StepBody";

/** A call of the merchant's server, ready to paste, with a key made for it. */
export function OrderCurl() {
  const { api, session } = useSigned();
  const make = useMutation({ mutationFn: () => api.json<{ key: string }>("POST", "/v1/tenant/keys", { scope: "secret", label: "orders" }) });
  const order = { customer: "customer-1", lines: [{ product: "sku-1", name: "Rain jacket", quantity: 1, unitPrice: 129 }], total: 129, currency: session.store?.currency ?? "USD", placedAt: new Date().toISOString().slice(0, 19) + "Z" };
  const curl = `curl -X PUT ${location.origin}/v1/orders/order-1 \\\n  -H "Authorization: Bearer ${make.data?.key ?? "sk_…"}" \\\n  -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(order)}'`;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t("step.order.curl.help")}</Text>
      {session.may("keys.manage") ? make.data ? null : <div><Button size="xs" loading={make.isPending} onClick={() => make.mutate()}>{t("step.order.key")}</Button></div> : <Text size="sm">{t("step.order.key.none")}</Text>}
      <Copyable text={curl} />
    </Stack>
  );
}
