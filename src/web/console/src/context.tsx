import { createContext, useContext } from "react";
import type { Api } from "./api";
import type { Live } from "./live/live";
import type { Session } from "./session";

export interface Signed {
  api: Api;
  session: Session;
  live: Live;
}

export const SignedContext = createContext<Signed | undefined>(undefined);

export function useSigned(): Signed {
  const signed = useContext(SignedContext);
  if (!signed) {
    throw new Error("Only pages behind a sign-in may call this.");
  }
  return signed;
}

export const useApi = (): Api => useSigned().api;
export const useMay = (permission: string): boolean => useSigned().session.may(permission);
