import { Button, Center, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useCallback, useRef, type ReactNode } from "react";
import { t } from "../i18n";

export function Page({ title, about, actions, children, wide }: { title: string; about?: string; actions?: ReactNode; children: ReactNode; wide?: boolean }) {
  useDocumentTitle(`${title} – SmartService`);
  return (
    <Stack gap="md" className={wide ? "page page-wide" : "page"}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className="page-head">
          <Title order={1} size="h3">{title}</Title>
          {about ? <Text c="dimmed" size="sm" maw={640}>{about}</Text> : null}
        </div>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
      {children}
    </Stack>
  );
}

export function Loading({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={8} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, index) => <Skeleton key={index} height={height} radius="sm" />)}
    </Stack>
  );
}

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** For a long list's end: fetches what comes next, once. The same function at every drawing, so that rows need not be drawn again. */
export function useMore(list: Paged): () => void {
  const now = useRef(list);
  now.current = list;
  return useCallback(() => {
    if (now.current.hasNextPage && !now.current.isFetchingNextPage) {
      now.current.fetchNextPage();
    }
  }, []);
}

export function More({ list }: { list: Paged }) {
  return list.hasNextPage ? (
    <Center><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t("more")}</Button></Center>
  ) : null;
}
