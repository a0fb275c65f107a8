import { Badge, Button, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSigned } from "../context";
import { ago, clock, money, percent, t, textOr } from "../i18n";
import { intentLabel } from "../intents";
import { ProblemAlert } from "../parts/feedback";
import { Loading } from "../parts/page";
import { Shopper } from "../parts/people";
import { customerAt, linkTo } from "../router";
import type { Conversation, CustomerView } from "../types";

/** Beside a conversation: who it is, what was looked at, ordered and will probably be asked. */
export function ShopperPane({ conversation }: { conversation: string }) {
  const { api, session } = useSigned();
  const talk = useQuery({ queryKey: [session.tenant, "conversation", conversation], queryFn: ({ signal }) => api.conversation(conversation, signal), staleTime: 30_000, select: (c: Conversation) => c.customer });
  const id = talk.data;
  const customer = useQuery({ queryKey: [session.tenant, "customer", id], queryFn: ({ signal }) => api.get<CustomerView>(`/v1/customers/${encodeURIComponent(id ?? "")}`, signal), enabled: id !== undefined, refetchInterval: 20_000 });
  const c = customer.data;
  return (
    <aside className="desk-pane" aria-label={t("talk.context")}>
      {customer.isPending ? <Loading rows={4} /> : null}
      {customer.isError ? <ProblemAlert error={customer.error} /> : null}
      {c ? (
        <Stack gap="md">
          <Shopper id={c.id} name={c.name} tier={c.tier} />
          <Group gap={6}>
            <Badge size="sm" variant="default">{t(c.identified ? "customer.identified" : "customer.guest")}</Badge>
            {c.firstSeen ? <Text size="xs" c="dimmed">{t("customer.firstSeen")}: {ago(c.firstSeen)}</Text> : null}
          </Group>
          <section>
            <Title order={2} size="h6" mb={6}>{t("customer.forecast")}</Title>
            <ForecastList forecast={c.forecast} />
          </section>
          {c.orders.length > 0 ? (
            <section>
              <Title order={2} size="h6" mb={6}>{t("customer.orders")}</Title>
              <OrderList orders={c.orders} older={c.olderOrders} />
            </section>
          ) : null}
          <section>
            <Title order={2} size="h6" mb={6}>{t("customer.visits")}</Title>
            <VisitList visits={c.visits} />
          </section>
          <Button variant="default" size="xs" component="a" {...linkTo(customerAt(c.id))}>{t("talk.open")}</Button>
        </Stack>
      ) : null}
    </aside>
  );
}

export function ForecastList({ forecast, most = 3 }: { forecast: CustomerView["forecast"]; most?: number }) {
  return forecast.length === 0 ? <Text size="sm" c="dimmed">{t("customer.forecast.none")}</Text> : (
    <Stack gap={6}>
      {forecast.slice(0, most).map((f) => (
        <div key={f.intent}>
          <Group justify="space-between" wrap="nowrap" gap={8}><Text size="xs" className="break">{intentLabel(f.intent)}</Text><Text size="xs" c="dimmed" className="figures">{percent(f.probability)}</Text></Group>
          <Progress size={4} value={Math.max(1, f.probability * 100)} aria-label={`${intentLabel(f.intent)} ${percent(f.probability)}`} />
        </div>
      ))}
    </Stack>
  );
}

export function OrderList({ orders, older }: { orders: CustomerView["orders"]; older: number }) {
  return (
    <Stack gap={4}>
      {orders.slice(0, 5).map((o) => (
        <Group key={o.number} justify="space-between" wrap="nowrap" gap={6}>
          <Text size="xs" className="mono" truncate>{o.number}</Text>
          <Group gap={6} wrap="nowrap">
            {o.cancelled ? <Badge size="xs" color="gray" variant="light">{t("customer.cancelled")}</Badge> : o.looksLost ? <Badge size="xs" color="red" variant="light">{t("customer.lost")}</Badge> : o.late ? <Badge size="xs" color="orange" variant="light">{t("customer.late")}</Badge> : null}
            <Text size="xs" className="figures">{money(o.total, o.currency)}</Text>
          </Group>
        </Group>
      ))}
      {older + Math.max(0, orders.length - 5) > 0 ? <Text size="xs" c="dimmed">{t("customer.older", { n: older + Math.max(0, orders.length - 5) })}</Text> : null}
    </Stack>
  );
}

export function VisitList({ visits }: { visits: CustomerView["visits"] }) {
  return (
    <Stack gap={3}>
      {[...visits].reverse().slice(0, 8).map((v) => (
        <Group key={v.id} justify="space-between" wrap="nowrap" gap={8}>
          <Text size="xs" truncate>{textOr(`page.${v.page}`, v.page)}{v.subject ? <Text span c="dimmed"> {v.subject}</Text> : null}</Text>
          <Text size="xs" c="dimmed" className="figures">{clock(v.at)}</Text>
        </Group>
      ))}
    </Stack>
  );
}
