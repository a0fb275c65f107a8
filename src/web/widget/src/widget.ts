import { Api, Refused, wake } from "./api";
import { Transcript } from "./conversation";
import { chooseLocale, texts } from "./i18n";
import { keep, newId, type Keep } from "./ids";
import { Stream } from "./stream";
import type { Conversation, Message, PageInfo, Peak, Popup, PopupOutcome, Settings, Suggestion } from "./types";
import { View, type Model } from "./view";
import { Visits } from "./visits";

interface Queued {
  conversation: string;
  clientId: string;
  text: string;
}

/** What any frame of the stream may carry; docs/api.md tells which event carries what. */
interface FrameData {
  conversation?: string;
  id?: string;
  outcome?: string;
  mode?: "bot" | "human";
  by?: string;
  upTo?: number;
  number?: number;
  helpful?: boolean;
  score?: number;
  typing?: boolean;
}

const popupStays = 45_000;
const outcomeRank: Record<PopupOutcome, number> = { seen: 1, opened: 2, dismissed: 2, ignored: 2, helpful: 3, not_helpful: 3 };

/** One shopper's widget on one page. */
export class Widget {
  private readonly store: Keep;
  private readonly page: Keep;
  private readonly api: Api;
  private readonly stream: Stream;
  private readonly visits: Visits;
  private readonly view: View;
  private readonly model: Model;
  private conversation: string | undefined;
  private sending = false;
  private popupTimer: ReturnType<typeof setTimeout> | undefined;
  private popupRank = 0;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly ended = new AbortController();
  private typedAt = 0;

  constructor(private readonly settings: Settings) {
    const name = `smartservice.${settings.key.slice(0, 24)}.`;
    this.store = keep(() => localStorage, name);
    this.page = keep(() => sessionStorage, name);
    let session = this.page.get("session");
    if (!session) {
      session = newId("s_");
      this.page.set("session", session);
    }
    this.api = new Api(settings, this.store, session);
    this.conversation = this.store.get("conversation");
    this.model = {
      t: texts[chooseLocale(settings.locale, document.documentElement.lang, navigator.languages)],
      open: false,
      online: true,
      unread: 0,
      transcript: new Transcript(),
      suggestions: [],
      typing: undefined,
      popup: undefined,
      popupRated: false,
      askScore: false,
      score: undefined,
      peak: undefined,
    };
    this.view = new View(
      this.model,
      {
        open: () => void this.open(),
        close: () => this.close(),
        send: (text) => this.say(text),
        retry: (clientId) => this.retry(clientId),
        typing: () => this.tellTyping(),
        person: () => void this.person(),
        suggest: (suggestion) => this.suggest(suggestion),
        popup: (outcome) => this.report(outcome),
        continuePopup: () => void this.continuePopup(),
        rateAnswer: (number, helpful) => this.rateAnswer(number, helpful),
        rateChat: (score) => this.rateChat(score),
        leave: (contact) => void this.leave(contact),
      },
      settings.bottom ?? 0,
    );
    this.stream = new Stream(
      this.api,
      this.page,
      (event, data) => this.take(event, data),
      (online) => this.online(online),
    );
    this.visits = new Visits(this.api, () => this.view.draw());
  }

  /** Who the shopper is to the merchant: the id of the sign-in, or the server's own for a guest. */
  get customer(): string | undefined {
    return this.api.customer;
  }

  start(): void {
    document.body.append(this.view.host);
    this.view.theme(this.settings.theme ?? "auto");
    this.restorePopup();
    for (const queued of this.queue()) {
      if (queued.conversation === this.conversation) {
        this.model.transcript.write(queued.clientId, queued.text);
      }
    }
    this.view.draw();
    const { signal } = this.ended;
    addEventListener("online", () => this.online(true), { signal });
    addEventListener("offline", () => this.online(false), { signal });
    this.visits.start();
    void this.stream.run();
    void this.flush();
    if (this.conversation) {
      void this.load();
    }
    if (this.page.get("open") === "1") {
      void this.open(false);
    }
  }

  /** What still waits to be sent is kept, and sent by the next widget of this shopper. */
  stop(): void {
    this.ended.abort();
    this.stream.stop();
    this.visits.stop();
    this.view.host.remove();
  }

  async open(focus = true): Promise<void> {
    this.model.open = true;
    this.page.set("open", "1");
    this.model.unread = 0;
    this.view.draw();
    if (focus) this.view.focusInput();
    this.markRead();
    if (this.model.transcript.lines().length === 0) {
      await this.loadSuggestions();
    }
  }

  close(): void {
    this.model.open = false;
    this.page.set("open", undefined);
    const answered = this.model.transcript.lines().some((line) => line.author === "bot" || line.author === "agent");
    this.model.askScore ||= answered && this.model.transcript.lines().some((line) => line.author === "customer");
    this.view.draw();
    this.view.focusLauncher();
  }

  async identify(jwt: string | undefined): Promise<void> {
    const before = this.api.customer;
    const session = await this.api.identify(jwt);
    if (session.customer !== before) {
      if (jwt === undefined) {
        this.forgetConversation();
      }
      this.stream.restart();
      this.view.draw();
    }
  }

  track(info: PageInfo): void {
    this.visits.track(info);
  }

  setLocale(locale: string): void {
    this.model.t = texts[chooseLocale(locale, undefined, [])];
    this.settings.locale = chooseLocale(locale, undefined, []);
    this.model.suggestions = [];
    this.view.draw();
    if (this.model.open && this.model.transcript.lines().length === 0) {
      void this.loadSuggestions();
    }
  }

  private get locale(): string {
    return chooseLocale(this.settings.locale, document.documentElement.lang, navigator.languages);
  }

  private forgetConversation(): void {
    this.conversation = undefined;
    this.store.set("conversation", undefined);
    this.store.set("queue", undefined);
    this.model.transcript = new Transcript();
    this.model.askScore = false;
    this.model.score = undefined;
  }

  private ensureConversation(): string {
    if (!this.conversation) {
      this.conversation = newId("c_");
      this.store.set("conversation", this.conversation);
    }
    return this.conversation;
  }

  private path(rest = ""): string {
    return `/v1/shopper/conversations/${this.ensureConversation()}${rest}`;
  }

  private async load(): Promise<void> {
    try {
      const conversation = await this.api.call<Conversation>("GET", this.path());
      if (!conversation.open) {
        this.forgetConversation();
      } else {
        this.model.transcript.load(conversation);
        this.model.score = conversation.score ?? undefined;
      }
      this.view.draw();
    } catch (error) {
      // Never begun on the server (only queued here), or of a customer who signed out.
      if (error instanceof Refused && error.status === 404 && this.queue().length === 0) {
        this.forgetConversation();
        this.view.draw();
      }
    }
  }

  private async loadSuggestions(): Promise<void> {
    try {
      const { suggestions } = await this.api.call<{ suggestions: Suggestion[] }>("GET", `/v1/shopper/suggestions?locale=${this.locale}`);
      this.model.suggestions = suggestions;
      this.view.draw();
    } catch {
      // Without suggestions the shopper still has the chat.
    }
  }

  private suggest(suggestion: Suggestion): void {
    this.api.persist("POST", "/v1/shopper/suggestions/chosen", { operationId: newId("o_"), intent: suggestion.intent, rank: suggestion.rank }, 3).catch(() => undefined);
    this.say(suggestion.label);
    this.view.focusInput();
  }

  private queue(): Queued[] {
    try {
      return JSON.parse(this.store.get("queue") ?? "[]") as Queued[];
    } catch {
      return []; // Damaged by something else on the page: nothing that can be sent.
    }
  }

  private say(text: string): void {
    const clientId = newId("m_");
    const queued = [...this.queue(), { conversation: this.ensureConversation(), clientId, text: text.slice(0, 4000) }].slice(-50);
    this.store.set("queue", JSON.stringify(queued));
    this.model.transcript.write(clientId, text.slice(0, 4000));
    this.view.draw();
    void this.flush();
  }

  private retry(clientId: string): void {
    const line = this.model.transcript.retry(clientId);
    if (line) {
      this.store.set("queue", JSON.stringify([...this.queue().filter((one) => one.clientId !== clientId), { conversation: this.ensureConversation(), clientId, text: line.text }]));
      this.view.draw();
      void this.flush();
    }
  }

  /** Sends what waits, one after another, in the order it was written. */
  private async flush(): Promise<void> {
    const { signal } = this.ended;
    if (this.sending || signal.aborted) {
      return;
    }
    this.sending = true;
    try {
      for (let next = this.queue()[0]; next && !signal.aborted; next = this.queue()[0]) {
        const { clientId, text, conversation } = next;
        if (conversation === this.conversation && this.model.transcript.mode === "bot") {
          this.typing(this.model.t.bot, 8000);
        }
        try {
          const answer = await this.api.persist<{ number: number; mode: "bot" | "human"; replies: Message[]; peak?: Peak }>(
            "POST",
            `/v1/shopper/conversations/${conversation}/messages`,
            { clientId, text, locale: this.locale },
            Infinity,
            (refused) => {
              if (refused?.peak) {
                this.typing(undefined);
                this.stand(refused.peak);
              }
              return !signal.aborted && this.queue().some((one) => one.clientId === clientId);
            },
          );
          this.stand(answer.peak);
          if (conversation === this.conversation) {
            this.model.transcript.acknowledge(clientId, answer.number);
            this.model.transcript.mode = answer.mode;
            answer.replies.forEach((message) => this.model.transcript.take(message));
          }
        } catch (error) {
          if (signal.aborted) return;
          if (error instanceof Refused && error.code === "closed") {
            // The chat was closed meanwhile: the same words begin a new one.
            this.forgetConversation();
            this.say(text);
            continue;
          }
          // Unless it was left for later meanwhile.
          if (this.queue().some((one) => one.clientId === clientId)) this.model.transcript.fail(clientId);
        }
        this.store.set("queue", JSON.stringify(this.queue().filter((one) => one.clientId !== clientId)));
        this.typing(undefined);
        this.markRead();
        this.view.draw();
      }
    } finally {
      this.sending = false;
    }
  }

  private stand(peak: Peak | undefined): void {
    this.model.peak = peak;
    this.view.draw();
  }

  /** What waits in the line is left for a person instead. */
  private async leave(contact: string): Promise<void> {
    for (const { conversation, clientId, text } of this.queue()) {
      try {
        const body = { operationId: newId("o_"), clientId, text, locale: this.locale, ...(contact && { contact }) };
        const answer = await this.api.persist<{ number: number; mode: "bot" | "human"; replies: Message[] }>("POST", `/v1/shopper/conversations/${conversation}/call-back`, body);
        if (conversation === this.conversation) {
          this.model.transcript.acknowledge(clientId, answer.number);
          this.model.transcript.mode = answer.mode;
          answer.replies.forEach((message) => this.model.transcript.take(message));
        }
        this.store.set("queue", JSON.stringify(this.queue().filter((one) => one.clientId !== clientId)));
      } catch {
        return; // It waits on in the line.
      }
    }
    wake();
    this.stand(undefined);
    this.view.focusInput();
  }

  private async person(): Promise<void> {
    const answer = await this.api.persist<{ mode: "bot" | "human"; replies: Message[] }>("POST", this.path("/person"), { operationId: newId("o_") });
    this.model.transcript.mode = answer.mode;
    answer.replies.forEach((message) => this.model.transcript.take(message));
    this.view.draw();
  }

  private tellTyping(): void {
    if (this.conversation && Date.now() - this.typedAt > 3000) {
      this.typedAt = Date.now();
      this.api.call("POST", this.path("/typing"), { typing: true }).catch(() => undefined);
    }
  }

  private markRead(): void {
    const upTo = this.model.transcript.last;
    if (this.model.open && this.conversation && upTo > Number(this.page.get("read") ?? 0)) {
      this.page.set("read", String(upTo));
      this.api.persist("POST", this.path("/read"), { upTo }, 3).catch(() => undefined);
    }
  }

  private rateAnswer(number: number, helpful: boolean): void {
    this.api.persist("POST", this.path(`/answers/${number}/rating`), { helpful }).catch(() => undefined);
    this.take("rated", { conversation: this.conversation, number, helpful });
  }

  private rateChat(score: number): void {
    this.model.score = score;
    this.api.persist("POST", this.path("/rating"), { score }).catch(() => undefined);
    this.view.draw();
  }

  private typing(who: string | undefined, ms = 6000): void {
    clearTimeout(this.typingTimer);
    this.model.typing = who;
    if (who) {
      this.typingTimer = setTimeout(() => this.typing(undefined), ms);
    }
    this.view.draw();
  }

  private online(online: boolean): void {
    if (this.model.online !== online) {
      this.model.online = online;
      this.view.draw();
    }
    if (online) {
      void this.flush();
    }
  }

  // Popups.

  private show(popup: Popup): void {
    this.model.popup = popup;
    this.model.popupRated = false;
    this.popupRank = 0;
    this.page.set("popup", JSON.stringify({ popup, at: Date.now() }));
    this.view.draw();
    this.report("seen");
    this.countDown(popupStays);
  }

  /** A popup stays when the shopper goes on to another page of the shop. */
  private restorePopup(): void {
    try {
      const kept = JSON.parse(this.page.get("popup") ?? "null") as { popup: Popup; at: number } | null;
      const left = kept ? kept.at + popupStays - Date.now() : 0;
      if (kept && left > 1000) {
        this.model.popup = kept.popup;
        this.popupRank = outcomeRank.seen;
        this.countDown(left);
      }
    } catch {
      this.page.set("popup", undefined); // Not ours: drop it.
    }
  }

  private countDown(ms: number): void {
    clearTimeout(this.popupTimer);
    this.popupTimer = setTimeout(() => this.report("ignored"), ms);
  }

  private hidePopup(): void {
    clearTimeout(this.popupTimer);
    this.model.popup = undefined;
    this.page.set("popup", undefined);
    this.view.draw();
  }

  private report(outcome: PopupOutcome): void {
    const popup = this.model.popup;
    if (!popup || outcomeRank[outcome] <= this.popupRank) {
      return;
    }
    this.popupRank = outcomeRank[outcome];
    // "Opened" may follow a link away from this page: a beacon survives that.
    const path = `/v1/shopper/popups/${popup.id}`;
    if (outcome !== "opened" || !this.api.beacon(path, { outcome })) {
      this.api.persist("POST", path, { outcome }, 4).catch(() => undefined);
    }
    if (outcome === "helpful" || outcome === "not_helpful") {
      this.model.popupRated = true;
      this.view.draw();
    } else if (outcome === "dismissed" || outcome === "ignored") {
      this.hidePopup();
    }
  }

  private async continuePopup(): Promise<void> {
    const popup = this.model.popup;
    if (!popup) {
      return;
    }
    this.report("opened");
    this.hidePopup();
    // A popup continues as a chat of its own, so that its answer is the first thing said there.
    this.forgetConversation();
    const path = this.path();
    void this.open();
    const conversation = await this.api.persist<Conversation>("PUT", path, { popup: popup.id, locale: this.locale });
    this.model.transcript.load(conversation);
    this.markRead();
    this.view.draw();
  }

  // What the stream brings.

  private take(event: string, data: unknown): void {
    const frame = data as FrameData;
    const transcript = this.model.transcript;
    switch (event) {
      case "popup":
        this.show(data as Popup);
        return;
      case "popup-outcome":
        if (this.model.popup?.id === frame.id && ["opened", "dismissed"].includes(frame.outcome ?? "") && this.popupRank < 2) this.hidePopup();
        return;
      case "peak":
        // The place comes with the next answer; until then the known one stands.
        this.stand({ ...((data as Peak).rung === this.model.peak?.rung && this.model.peak), ...(data as Peak) });
        return;
      case "erased":
        this.api.forget();
        this.forgetConversation();
        this.stream.restart();
        break;
    }
    if (!this.conversation && event === "message") {
      return; // A conversation of another tab or device; it is fetched when the chat opens there.
    }
    if (frame.conversation !== this.conversation) {
      return;
    }
    switch (event) {
      case "message": {
        const message = data as Message & { mode: "bot" | "human" };
        const isNew = message.number > transcript.last;
        transcript.take(message);
        transcript.delivered(message.number);
        transcript.mode = message.mode ?? transcript.mode;
        if (message.author !== "customer") {
          this.typing(undefined);
          if (isNew && !this.model.open) this.model.unread++;
        }
        this.markRead();
        break;
      }
      case "mode":
        transcript.mode = frame.mode ?? transcript.mode;
        break;
      case "read":
        if (frame.by === "agent") transcript.readUpTo(frame.upTo ?? 0);
        break;
      case "rated":
        for (const line of transcript.lines()) {
          if (line.number === frame.number) line.helpful = frame.helpful ?? null;
        }
        if (frame.score) this.model.score = frame.score;
        break;
      case "typing":
        this.typing(frame.typing ? this.model.t.bot : undefined);
        break;
      case "closed":
        this.model.askScore = true;
        break;
    }
    this.view.draw();
  }
}
