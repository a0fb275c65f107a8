import { useQuery } from "@tanstack/react-query";
import { useSigned } from "../context";
import type { StaffMember } from "../types";

/** The store's members, where this person may see them. */
export function useMembers(): StaffMember[] {
  const { api, session } = useSigned();
  const members = useQuery({
    queryKey: [session.tenant, "members"],
    queryFn: async ({ signal }) => (await api.list<StaffMember>("members", "/v1/members", signal)).rows,
    enabled: session.may("members.read"), staleTime: 60_000,
  });
  return members.data ?? [];
}
