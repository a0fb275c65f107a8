import { useMemo, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";

/** The page's own small router: paths under the base, everything in the address so that it can be sent to a colleague. */
const base = "/console";
const changed = "smartservice:navigated";

export interface Place {
  /** Path under the base, such as "/questions". */
  path: string;
  query: URLSearchParams;
}

export const href = (to: string): string => base + to;

// Ids stand in the query: servers take a path that ends in ".something" for a file, and ids may.
export const itemAt = (id: string): string => `/item?id=${encodeURIComponent(id)}`;
export const customerAt = (id: string): string => `/customer?id=${encodeURIComponent(id)}`;
export const conversationAt = (id: string): string => `/conversations?open=${encodeURIComponent(id)}`;
export const releaseAt = (id: string): string => `/release?id=${encodeURIComponent(id)}`;

export function navigate(to: string, options?: { replace?: boolean }): void {
  const url = href(to);
  if (url === location.pathname + location.search) {
    return;
  }
  if (options?.replace) {
    history.replaceState(null, "", url);
  } else {
    history.pushState(null, "", url);
  }
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(changed, listener);
  };
}

export function usePlace(): Place {
  const url = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  return useMemo(() => {
    const at = url.indexOf("?");
    const full = at < 0 ? url : url.slice(0, at);
    const path = full.startsWith(base) ? full.slice(base.length) : full;
    return { path: path === "" ? "/" : path, query: new URLSearchParams(at < 0 ? "" : url.slice(at)) };
  }, [url]);
}

/** The address with some parameters changed; undefined or "" removes one. */
export function withQuery(place: Place, changes: Record<string, string | undefined>): string {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text === "" ? place.path : `${place.path}?${text}`;
}

/** For a component that renders an anchor: its address, and a click that stays in the page. */
export function linkTo(to: string) {
  return {
    href: href(to),
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        navigate(to);
      }
    },
  };
}

export function Link({ to, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...rest} {...linkTo(to)} />;
}
