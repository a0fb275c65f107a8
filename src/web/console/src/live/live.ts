import { useCallback, useSyncExternalStore } from "react";
import type { QueryClient } from "@tanstack/react-query";
import { ApiError, type Api } from "../api";
import type { Conversation, LiveAnswer, LiveShopper, Message, Present } from "../types";
import { FrameReader, type StaffEvent } from "./events";
import { Keyed } from "./keyed";

export type Connection = "waiting" | "live" | "refused";

/** Something a person should look up for. */
export interface Call {
  conversation: string;
  kind: "handed_off" | "message";
  text: string;
}

const quietAfter = 5 * 60_000;
const mostShoppers = 5_000;
const resortEvery = 1_000;
/** From so many on the list is put in order half as often: each time rows come and go. */
const crowd = 300;
const sweepEvery = 10_000;
const refetchEvery = 1_500;
const longestWait = 15_000;

/**
 * One stream of the store's events for the whole page. What comes is gathered and worked in once per animation frame, so that a thousand
 * shoppers cost what one frame costs; rows are told one by one, and the order of the list is settled once a second.
 */
export class Live {
  readonly shoppers = new Keyed<LiveShopper>();
  /** Who looks at a conversation now, beside its shopper's typing. */
  readonly present = new Keyed<{ present: Present[]; shopperTyping: boolean }>();
  private connection: Connection = "waiting";
  private readonly connectionWatchers = new Set<() => void>();
  private readonly callWatchers = new Set<(call: Call) => void>();
  private readonly owners = new Map<string, string>();
  private queue: StaffEvent[] = [];
  private scheduled = false;
  private sorted = 0;
  private resort: ReturnType<typeof setTimeout> | undefined;
  private sweep: ReturnType<typeof setTimeout> | undefined;
  private refetch: ReturnType<typeof setTimeout> | undefined;
  private position: number | undefined;

  constructor(private readonly api: Api, private readonly queries: QueryClient, private readonly tenant: string) {}

  start(): () => void {
    const stopping = new AbortController();
    void this.run(stopping.signal);
    return () => {
      stopping.abort();
      clearTimeout(this.resort);
      clearTimeout(this.sweep);
      clearTimeout(this.refetch);
    };
  }

  readonly state = (): Connection => this.connection;
  readonly watchState = (watcher: () => void): (() => void) => {
    this.connectionWatchers.add(watcher);
    return () => this.connectionWatchers.delete(watcher);
  };
  readonly onCall = (watcher: (call: Call) => void): (() => void) => {
    this.callWatchers.add(watcher);
    return () => this.callWatchers.delete(watcher);
  };

  /** What the server counts as present now. */
  async seed(signal?: AbortSignal): Promise<void> {
    const answer = await this.api.get<LiveAnswer>("/v1/staff/live?minutes=5&limit=500", signal);
    for (const shopper of answer.shoppers) {
      const known = this.shoppers.get(shopper.customer);
      if (!known || known.lastSeenAt <= shopper.lastSeenAt) {
        this.shoppers.put(shopper.customer, shopper);
      }
      if (shopper.conversation) {
        this.owners.set(shopper.conversation.id, shopper.customer);
      }
    }
    this.shoppers.tell(answer.shoppers.map((s) => s.customer));
    this.arrange();
  }

  private async run(signal: AbortSignal): Promise<void> {
    let wait = 500;
    while (!signal.aborted) {
      try {
        const response = await this.api.openStream(this.position, signal);
        wait = 500;
        await this.read(response, signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
          this.become("refused");
          return;
        }
      }
      this.become("waiting");
      // Half of the wait is chance: a thousand pages must not come back in the same moment.
      const pause = wait / 2 + Math.random() * wait / 2;
      wait = Math.min(wait * 2, longestWait);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  private async read(response: Response, signal: AbortSignal): Promise<void> {
    const body = response.body?.getReader();
    if (!body) {
      return;
    }
    const frames = new FrameReader();
    const text = new TextDecoder();
    while (!signal.aborted) {
      const { done, value } = await body.read();
      if (done) {
        return;
      }
      for (const frame of frames.read(text.decode(value, { stream: true }))) {
        const position = Number(frame.id);
        if (frame.id !== undefined && Number.isSafeInteger(position)) {
          this.position = position;
        }
        if (frame.event === "ready") {
          this.become("live");
        } else {
          this.take({ name: frame.event, data: JSON.parse(frame.data) as never } as StaffEvent);
        }
      }
    }
  }

  private become(connection: Connection): void {
    if (this.connection !== connection) {
      const again = connection === "live" && this.position !== undefined;
      this.connection = connection;
      this.connectionWatchers.forEach((watcher) => watcher());
      if (again) {
        void this.queries.invalidateQueries({ queryKey: [this.tenant, "conversations"] });
      }
    }
  }

  /** Keeps an event for the next frame. */
  take(event: StaffEvent): void {
    this.queue.push(event);
    if (this.scheduled) {
      return;
    }
    this.scheduled = true;
    // A hidden page draws no frames; once a second is enough there.
    if (document.hidden) {
      setTimeout(this.work, 1_000);
    } else {
      requestAnimationFrame(this.work);
    }
  }

  private readonly work = (): void => {
    const events = this.queue;
    this.queue = [];
    this.scheduled = false;
    const changed = new Set<string>();
    let lists = false;
    for (const event of events) {
      lists = this.apply(event, changed) || lists;
    }
    this.shoppers.tell(changed);
    if (changed.size > 0) {
      this.arrangeSoon();
    }
    if (lists && this.refetch === undefined) {
      this.refetch = setTimeout(() => {
        this.refetch = undefined;
        void this.queries.invalidateQueries({ queryKey: [this.tenant, "conversations"] });
      }, refetchEvery);
    }
  };

  /** @returns Whether lists of conversations may look different now. */
  private apply(event: StaffEvent, changed: Set<string>): boolean {
    switch (event.name) {
      case "visit": {
        const { customer, at, page, session, subject } = event.data;
        const now = this.shoppers.get(customer);
        this.change(customer, changed, { lastSeenAt: at, page, subject: subject as string, session, pages: now?.session === session ? now.pages + 1 : 1 });
        return false;
      }
      case "forecast":
        this.change(event.data.customer, changed, { forecast: event.data.ranked.slice(0, 3) }, true);
        return false;
      case "popup":
      case "popup-withheld":
        this.change(event.data.customer, changed, { popup: { id: event.data.id, topic: event.data.topic, at: event.data.at, outcome: "offered", withheld: event.name === "popup-withheld" } }, true);
        return false;
      case "popup-outcome": {
        const popup = this.shoppers.get(event.data.customer)?.popup;
        if (popup?.id === event.data.id) {
          this.change(event.data.customer, changed, { popup: { ...popup, outcome: event.data.outcome } }, true);
        }
        return false;
      }
      case "opened":
        this.owners.set(event.data.conversation, event.data.customer);
        this.change(event.data.customer, changed, { conversation: { id: event.data.conversation, mode: "bot", unread: 0 } }, true);
        return true;
      case "message":
        this.message(event.data, changed);
        return true;
      case "mode": {
        const { conversation, mode, agent } = event.data;
        this.ofConversation(conversation, changed, { mode, ...(agent ? { agent } : {}) });
        this.patch(conversation, (c) => {
          const { agent: _, ...rest } = c;
          return { ...rest, mode, ...(agent ? { agent } : {}) };
        });
        return true;
      }
      case "read":
        this.patch(event.data.conversation, (c) => event.data.by === "customer" ? { ...c, readByCustomer: Math.max(c.readByCustomer, event.data.upTo) } : { ...c, readByAgent: Math.max(c.readByAgent, event.data.upTo) });
        return event.data.by === "agent";
      case "rated":
        this.patch(event.data.conversation, (c) => event.data.score === undefined
          ? { ...c, messages: c.messages.map((m) => (m.number === event.data.number && event.data.helpful !== undefined ? { ...m, helpful: event.data.helpful } : m)) }
          : { ...c, score: event.data.score });
        return true;
      case "closed":
        this.patch(event.data.conversation, (c) => ({ ...c, open: false }));
        return true;
      case "note": {
        const { conversation, ...note } = event.data;
        this.patch(conversation, (c) => (c.notes?.some((n) => n.id === note.id) ? c : { ...c, notes: [...(c.notes ?? []), note] }));
        return false;
      }
      case "assigned": {
        const { conversation, member, name } = event.data;
        this.patch(conversation, (c) => {
          const { assignee: _, ...rest } = c;
          return member ? { ...rest, assignee: { id: member, name: name ?? member } } : rest;
        });
        return true;
      }
      case "typing":
        if (event.data.author === "customer") {
          this.setPresent(event.data.conversation, { shopperTyping: event.data.typing });
        }
        return false;
      case "presence":
        this.setPresent(event.data.conversation, { present: event.data.present });
        return false;
      case "erased":
        if (event.data.customer && this.shoppers.drop(event.data.customer)) {
          changed.add(event.data.customer);
        }
        return true;
      default:
        return false;
    }
  }

  private message(data: Message & { conversation: string; mode?: "bot" | "human" }, changed: Set<string>): void {
    const { conversation, mode, ...message } = data;
    const asker = this.owners.get(conversation);
    const asked = asker === undefined ? undefined : this.shoppers.get(asker)?.conversation?.lastText;
    this.ofConversation(conversation, changed, { lastText: message.text, ...(mode ? { mode } : {}) });
    let inHuman = false;
    this.patch(conversation, (c) => {
      inHuman = c.mode === "human";
      const without = c.messages.filter((m) => m.number !== message.number && !(m.number < 0 && m.clientId !== undefined && m.clientId === message.clientId));
      return { ...c, ...(mode ? { mode } : {}), messages: [...without, message].sort(byNumber) };
    });
    if (message.author === "customer") {
      this.setPresent(conversation, { shopperTyping: false });
      const owner = this.owners.get(conversation);
      if (inHuman || (owner !== undefined && this.shoppers.get(owner)?.conversation?.mode === "human")) {
        this.call({ conversation, kind: "message", text: message.text });
      }
    } else if (message.author === "system" && mode === "human") {
      this.call({ conversation, kind: "handed_off", text: asked ?? "" });
    }
  }

  private call(call: Call): void {
    this.callWatchers.forEach((watcher) => watcher(call));
  }

  setPresent(conversation: string, change: Partial<{ present: Present[]; shopperTyping: boolean }>): void {
    this.present.put(conversation, { present: [], shopperTyping: false, ...this.present.get(conversation), ...change });
    this.present.tell([conversation]);
  }

  private ofConversation(conversation: string, changed: Set<string>, change: Partial<NonNullable<LiveShopper["conversation"]>>): void {
    const owner = this.owners.get(conversation);
    const known = owner === undefined ? undefined : this.shoppers.get(owner);
    if (owner !== undefined && known) {
      this.change(owner, changed, { conversation: { id: conversation, mode: "bot", unread: 0, ...(known.conversation?.id === conversation ? known.conversation : {}), ...change } });
    }
  }

  private change(customer: string, changed: Set<string>, change: Partial<LiveShopper>, onlyKnown = false): void {
    const known = this.shoppers.get(customer);
    if (!known && (onlyKnown || this.shoppers.size >= mostShoppers)) {
      return;
    }
    this.shoppers.put(customer, {
      ...(known ?? { customer, tier: "standard", identified: false, lastSeenAt: new Date().toISOString(), page: "other", session: "", pages: 0, forecast: [] }), ...change,
    });
    changed.add(customer);
  }

  /** Changes an open transcript, where one is loaded. */
  patch(conversation: string, change: (now: Conversation) => Conversation): void {
    this.queries.setQueryData<Conversation>([this.tenant, "conversation", conversation], (now) => (now ? change(now) : now));
  }

  private arrangeSoon(): void {
    if (this.resort === undefined) {
      this.resort = setTimeout(() => {
        this.resort = undefined;
        this.arrange();
      }, Math.max(0, this.sorted + (this.shoppers.size > crowd ? 2 * resortEvery : resortEvery) - Date.now()));
    }
  }

  private arrange(): void {
    this.sorted = Date.now();
    const now = Date.now();
    const all: [string, number][] = [];
    for (const shopper of [...this.shoppers.values()]) {
      const at = Date.parse(shopper.lastSeenAt);
      if (now - at > quietAfter) {
        this.shoppers.drop(shopper.customer);
      } else {
        all.push([shopper.customer, at]);
      }
    }
    this.shoppers.arrange(all.sort((a, b) => b[1] - a[1]).map(([id]) => id));
    // Shoppers leave without saying so.
    clearTimeout(this.sweep);
    if (all.length > 0) {
      this.sweep = setTimeout(() => this.arrange(), sweepEvery);
    }
  }
}

/** Messages not yet accepted have numbers below zero and stand last. */
export const byNumber = (a: Message, b: Message): number => (a.number < 0 ? 1e9 - a.number : a.number) - (b.number < 0 ? 1e9 - b.number : b.number);

export const useConnection = (live: Live): Connection => useSyncExternalStore(live.watchState, live.state);
export const useShopperIds = (live: Live): readonly string[] => useSyncExternalStore(live.shoppers.watchList, live.shoppers.ids);

export function useOne<T>(keyed: Keyed<T>, id: string): T | undefined {
  return useSyncExternalStore(useCallback((watcher) => keyed.watch(id, watcher), [keyed, id]), () => keyed.get(id));
}
