import type { ReleaseStatus } from "./types";

export type Step = "replay" | "approve" | "live" | "rollback" | "discard";

/** What a person may do with a release now. The server decides; this only hides what it would refuse. */
export function legalSteps(status: ReleaseStatus): Step[] {
  switch (status) {
    case "built":
      return ["replay", "discard"];
    case "replayed":
      return ["approve", "replay", "discard"];
    case "approved":
      return ["live", "discard"];
    case "live":
      return ["rollback"];
    case "rolled_back":
    case "discarded":
      return [];
  }
}

/** How many of Built, Replayed, Approved, Live (, Rolled back) are behind it. */
export function stepsDone(status: ReleaseStatus, replayed: boolean): number {
  switch (status) {
    case "built":
      return 1;
    case "replayed":
      return 2;
    case "approved":
      return 3;
    case "live":
      return 4;
    case "rolled_back":
      return 5;
    case "discarded":
      return replayed ? 2 : 1;
  }
}
