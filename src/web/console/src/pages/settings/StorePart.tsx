import { Stack, TagsInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSigned } from "../../context";
import { t } from "../../i18n";
import { ProblemAlert, showDone } from "../../parts/feedback";
import { ProfileStep } from "../onboarding/StepBody";
import { Box } from "./parts";

export default function StorePart() {
  const { api, session } = useSigned();
  const queries = useQueryClient();
  const key = [session.tenant, "origins"];
  const origins = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ origins: string[] }>("/v1/tenant/origins", signal) });
  const save = useMutation({
    mutationFn: (list: string[]) => api.json<{ origins: string[] }>("PUT", "/v1/tenant/origins", { origins: list }),
    onMutate: (list) => { const before = queries.getQueryData(key); queries.setQueryData(key, { origins: list }); return before; },
    onError: (_, __, before) => queries.setQueryData(key, before),
    onSuccess: () => showDone(t("saved")),
  });
  return (
    <Stack gap="md">
      <Box><ProfileStep onDone={() => undefined} /></Box>
      <Box title={t("step.visit.origins")} about={t("step.visit.origins.help")}>
        {origins.isError ? <ProblemAlert error={origins.error} /> : <TagsInput aria-label={t("step.visit.origins")} placeholder="https://" value={origins.data?.origins ?? []} onChange={(list) => save.mutate(list.map((o) => o.trim().replace(/\/+$/, "")))} disabled={!session.may("store.write") || !origins.data} acceptValueOnBlur />}
      </Box>
    </Stack>
  );
}
