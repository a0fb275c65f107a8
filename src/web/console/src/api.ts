import type {
  Candidate, ClusterList, Conversation, ConversationSummary, CustomerSummary, Figures, ImportResult, Item, ItemContent, KnowledgeFormat, Listed, Problem, ProblemFault, Question, Rehearsal, Release,
} from "./types";

/** An answer that said no, or none at all (status 0). Carries what the server wrote for a person to read. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly faults: ProblemFault[];
  readonly traceId: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(problem: Partial<Problem> & { status: number; title: string }, retryAfter?: number) {
    super(problem.detail ? `${problem.title}: ${problem.detail}` : problem.title);
    this.name = "ApiError";
    this.status = problem.status;
    this.code = problem.code ?? "unexpected";
    this.title = problem.title;
    this.detail = problem.detail ?? "";
    this.faults = problem.errors ?? [];
    this.traceId = problem.traceId;
    this.retryAfter = retryAfter;
  }

  static async from(response: Response): Promise<ApiError> {
    const wait = Number(response.headers.get("retry-after") ?? "");
    const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : undefined;
    try {
      const body = (await response.json()) as Partial<Problem>;
      if (typeof body.title === "string") {
        return new ApiError({ ...body, status: response.status, title: body.title }, retryAfter);
      }
    } catch {
      // A proxy's page, or nothing: the status has to do.
    }
    return new ApiError({ status: response.status, title: `The server answered ${response.status}` }, retryAfter);
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") {
      params.set(name, String(value));
    }
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

const at = encodeURIComponent;

/** How calls are authorised: a key of the store, or the cookie of a member who signed in. */
export type Credential = { key: string } | "cookie";

/** The calls of docs/api.md that the console needs, under one credential. */
export class Api {
  private readonly headers: Record<string, string>;
  private readonly onUnauthorized: (() => void) | undefined;
  private readonly author: { author?: string };
  readonly credential: Credential;

  /** @param author Who writes, for the history; without one the key's own name stands there. The server names members itself. */
  constructor(credential: Credential | string, onUnauthorized?: () => void, author = "") {
    this.credential = typeof credential === "string" && credential !== "cookie" ? { key: credential } : credential as Credential;
    this.headers = this.credential === "cookie" ? { "x-console": "1" } : { authorization: `Bearer ${this.credential.key}` };
    this.onUnauthorized = onUnauthorized;
    this.author = author === "" ? {} : { author };
  }

  /** The staff's events from a place on; the answer's body is read by the caller. */
  openStream(after: number | undefined, signal: AbortSignal): Promise<Response> {
    return this.send("GET", `/v1/staff/stream${queryString({ after })}`, undefined, { accept: "text/event-stream" }, signal);
  }

  questions(query: Query, signal?: AbortSignal): Promise<Listed<Question>> {
    return this.list("questions", `/v1/questions${queryString(query)}`, signal);
  }

  questionsCsv(query: Query): Promise<Blob> {
    return this.file(`/v1/questions.csv${queryString(query)}`);
  }

  clusters(days: number, signal?: AbortSignal): Promise<ClusterList> {
    return this.json("GET", `/v1/questions/clusters${queryString({ days })}`, undefined, signal);
  }

  correct(conversation: string, number: number, content: ItemContent, replaces?: string): Promise<{ candidate: string }> {
    return this.json("POST", `/v1/questions/${at(conversation)}/${number}/correction`, { ...content, ...this.author, ...(replaces ? { replaces } : {}) });
  }

  customers(query: Query, signal?: AbortSignal): Promise<Listed<CustomerSummary>> {
    return this.list("customers", `/v1/customers${queryString(query)}`, signal);
  }

  conversations(query: Query, signal?: AbortSignal): Promise<Listed<ConversationSummary>> {
    return this.list("conversations", `/v1/conversations${queryString(query)}`, signal);
  }

  conversation(id: string, signal?: AbortSignal): Promise<Conversation> {
    return this.json("GET", `/v1/conversations/${at(id)}`, undefined, signal);
  }

  figures(from: string, to: string, signal?: AbortSignal): Promise<Figures> {
    return this.json("GET", `/v1/figures${queryString({ from, to })}`, undefined, signal);
  }

  items(query: Query, signal?: AbortSignal): Promise<Listed<Item>> {
    return this.list("items", `/v1/knowledge/items${queryString(query)}`, signal);
  }

  item(id: string, signal?: AbortSignal): Promise<Item> {
    return this.json("GET", `/v1/knowledge/items/${at(id)}`, undefined, signal);
  }

  saveItem(id: string, content: ItemContent, expectedVersion?: number): Promise<Item> {
    return this.json("PUT", `/v1/knowledge/items/${at(id)}`, { ...content, ...this.author, ...(expectedVersion === undefined ? {} : { expectedVersion }) });
  }

  retireItem(id: string): Promise<void> {
    return this.json("DELETE", `/v1/knowledge/items/${at(id)}`);
  }

  importItems(file: Blob, format: KnowledgeFormat, dryRun: boolean): Promise<ImportResult> {
    const type = format === "csv" ? "text/csv" : format === "json" ? "application/json" : "application/x-ndjson";
    return this.send("POST", `/v1/knowledge/import${queryString({ format, dryRun })}`, file, { "content-type": type }).then((r) => r.json() as Promise<ImportResult>);
  }

  exportItems(format: KnowledgeFormat): Promise<Blob> {
    return this.file(`/v1/knowledge/export${queryString({ format })}`);
  }

  rehearse(text: string, locale: string, customer?: string): Promise<Rehearsal> {
    return this.json("POST", "/v1/knowledge/rehearse", { text, locale, ...(customer ? { customer } : {}) });
  }

  candidates(query: Query, signal?: AbortSignal): Promise<Listed<Candidate>> {
    return this.list("candidates", `/v1/knowledge/candidates${queryString(query)}`, signal);
  }

  propose(id: string, question: string, replaces?: string): Promise<Candidate> {
    return this.json("POST", "/v1/knowledge/candidates", { id, question, ...(replaces ? { replaces } : {}) });
  }

  collect(days: number): Promise<{ proposed: number }> {
    return this.json("POST", `/v1/knowledge/candidates/collect${queryString({ days })}`);
  }

  confirm(candidate: string, content: ItemContent, replaces?: string): Promise<Candidate> {
    return this.json("PUT", `/v1/knowledge/candidates/${at(candidate)}`, { ...content, ...this.author, ...(replaces ? { replaces } : {}) });
  }

  dismiss(candidate: string): Promise<Candidate> {
    return this.json("DELETE", `/v1/knowledge/candidates/${at(candidate)}`);
  }

  releases(signal?: AbortSignal): Promise<Listed<Release>> {
    return this.list("releases", "/v1/knowledge/releases", signal);
  }

  release(id: string, signal?: AbortSignal): Promise<Release> {
    return this.json("GET", `/v1/knowledge/releases/${at(id)}`, undefined, signal);
  }

  buildRelease(release: string, candidates: string[], note?: string): Promise<Release> {
    return this.json("POST", "/v1/knowledge/releases", { release, candidates, ...this.author, ...(note ? { note } : {}) });
  }

  replay(release: string, days: number): Promise<Release> {
    return this.json("POST", `/v1/knowledge/releases/${at(release)}/replay${queryString({ days })}`);
  }

  advance(release: string, step: "approve" | "live" | "rollback"): Promise<Release> {
    return this.json("POST", `/v1/knowledge/releases/${at(release)}/${step}`);
  }

  discard(release: string): Promise<Release> {
    return this.json("DELETE", `/v1/knowledge/releases/${at(release)}`);
  }

  /** One page of a list, under the name its answer has it. */
  async list<T>(name: string, path: string, signal?: AbortSignal): Promise<Listed<T>> {
    const body = await this.json<Record<string, unknown>>("GET", path, undefined, signal);
    const rows = body[name];
    if (!Array.isArray(rows)) {
      throw new ApiError({ status: 200, title: "The server's answer was not understood", detail: `"${name}" is missing. Console and server may be of different versions.` });
    }
    return { rows: rows as T[], next: typeof body.next === "string" ? body.next : undefined, total: typeof body.total === "number" ? body.total : undefined };
  }

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.json("GET", path, undefined, signal);
  }

  async json<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const response = body === undefined
      ? await this.send(method, path, undefined, undefined, signal)
      : await this.send(method, path, JSON.stringify(body), { "content-type": "application/json" }, signal);
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  async file(path: string): Promise<Blob> {
    return (await this.send("GET", path)).blob();
  }

  async send(method: string, path: string, body?: BodyInit, headers?: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(path, {
        method, body: body ?? null, headers: { ...this.headers, ...headers }, signal: signal ?? null, credentials: this.credential === "cookie" ? "same-origin" : "omit", cache: "no-store",
        // A deed goes on when its page closes; browsers take only small bodies for that.
        keepalive: method !== "GET" && (body === undefined || (typeof body === "string" && body.length < 30_000)),
      });
    } catch (cause) {
      if (signal?.aborted) {
        throw cause;
      }
      throw new ApiError({ status: 0, code: "offline", title: "The server could not be reached", detail: "Check the connection, then try again." });
    }
    if (response.ok) {
      return response;
    }
    const error = await ApiError.from(response);
    if (response.status === 401 && error.code === "unauthorized") {
      this.onUnauthorized?.();
    }
    throw error;
  }
}

/** The key of a demo store; undefined when this server offers none. */
export async function demoKey(tenant: string): Promise<string | undefined> {
  try {
    const response = await fetch(`/demo/api/${at(tenant)}/console-key`, { credentials: "omit", cache: "no-store" });
    if (!response.ok) {
      return undefined;
    }
    const body = (await response.json()) as { key?: unknown };
    return typeof body.key === "string" ? body.key : undefined;
  } catch {
    return undefined;
  }
}
