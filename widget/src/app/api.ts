/** Talks to the website channel. Every call either gives what was asked for or throws one of two errors. */
import type { Answer, Feedback, Line, Said } from "./types";

/** Nothing came back: no connection, or none in time. */
export class OfflineError extends Error {}

/** The server refused; the message is its own sentence. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    sentence: string,
    readonly retryAfter = 0,
  ) {
    super(sentence);
  }
}

// The server answers or apologises within 8 seconds; messages of one conversation wait for each other.
const PATIENCE_MS = 30_000;

/** What a call carries. */
interface Given {
  token?: string;
  body?: object;
  /** The browser's cookie goes with it, and what the server sets is kept. */
  withCookie?: boolean;
}

export class Api {
  constructor(
    private readonly base: string,
    private readonly fetcher: typeof fetch = (...call) => fetch(...call),
  ) {}

  /** Begin a conversation, or with a cookie go on with the one that the browser knows; its token comes back. */
  async begin(withCookie: boolean): Promise<string> {
    const opened = (await this.call("POST", "/session", { withCookie })) as { token: string };
    return opened.token;
  }

  async end(token: string, withCookie: boolean): Promise<void> {
    await this.call("DELETE", "/session", { token, withCookie });
  }

  /** The language is a hint: where the words tell none, the answer is in it. */
  async send(token: string, id: string, said: Said, language: string): Promise<Answer> {
    return (await this.call("POST", "/messages?details=1", { token, body: { id, language, ...said } })) as Answer;
  }

  async rate(token: string, id: string, value: Feedback): Promise<void> {
    await this.call("POST", "/feedback", { token, body: { id, value } });
  }

  async soFar(token: string): Promise<Line[]> {
    const listed = (await this.call("GET", "/messages?details=1", { token })) as { messages: Line[] };
    return listed.messages;
  }

  private async call(method: string, path: string, given: Given): Promise<unknown> {
    const response = await this.reach(method, path, given);
    if (response.status === 204) return null;
    const said: unknown = await response.json().catch(() => null);
    if (response.ok && said !== null) return said;
    throw refused(response, said);
  }

  private async reach(method: string, path: string, { token, body, withCookie }: Given): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const credentials = withCookie ? "same-origin" : "omit";
    const request: RequestInit = { method, headers, signal: AbortSignal.timeout(PATIENCE_MS), credentials };
    if (body) request.body = JSON.stringify(body);
    try {
      return await this.fetcher(this.base + path, request);
    } catch {
      throw new OfflineError();
    }
  }
}

function refused(response: Response, said: unknown): RefusedError {
  const sentence = typeof said === "object" && said !== null && "error" in said ? String(said.error) : "";
  return new RefusedError(response.status, sentence, Number(response.headers.get("Retry-After")) || 0);
}
