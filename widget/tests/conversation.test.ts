import { beforeEach, describe, expect, it } from "vitest";
import { Api } from "../src/app/api";
import { Conversation } from "../src/app/conversation";
import { TabStorage } from "../src/app/storage";
import type { Answer } from "../src/app/types";

const answer = (text: string): Answer => ({
  messages: [{ text, buttons: [] }],
  topic: "order",
  language: "en",
  timing: null,
  sources: [],
  handoff_offered: true,
});

/** Stands where the network stands: answers calls in turn, or as the server would. */
class Network {
  readonly calls: { method: string; path: string; token: string; body: Record<string, unknown>; cookies: boolean }[] = [];
  readonly next: (Response | Error)[] = [];
  refused: Response | null = null;
  /** The token in the browser's cookie, where there is one. */
  kept: string | null = null;
  private tokens = 0;

  readonly fetch: typeof fetch = async (url, init) => {
    const body = JSON.parse(String(init?.body ?? "{}")) as Record<string, unknown>;
    const token = new Headers(init?.headers).get("Authorization") ?? "";
    const cookies = init!.credentials !== "omit";
    this.calls.push({ method: init!.method!, path: String(url).replace("/api", ""), token, body, cookies });
    const planned = String(url).includes("/messages") ? this.next.shift() : undefined;
    if (planned instanceof Error) throw planned;
    return planned ?? this.usual(String(url), init!.method!, body);
  };

  private usual(url: string, method: string, body: Record<string, unknown>): Response {
    if (url.endsWith("/feedback")) return this.refused ?? new Response(null, { status: 204 });
    if (method === "DELETE") return new Response(null, { status: 204 });
    if (url.endsWith("/session")) return Response.json({ token: this.kept ?? `t${++this.tokens}` }, { status: 201 });
    if (method === "GET") return Response.json({ messages: [] });
    return Response.json(answer(`to ${String(body["text"] ?? body["payload"])}`));
  }

  get said(): Record<string, unknown>[] {
    return this.calls.filter((call) => call.method === "POST" && call.path.startsWith("/messages")).map((call) => call.body);
  }
}

class Memory implements Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  private readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

const error = (status: number, sentence: string, headers: Record<string, string> = {}) =>
  Response.json({ error: sentence }, { status, headers });

describe("a conversation", () => {
  let network: Network;
  let memory: Memory;
  let waits: number[];
  let conversation: Conversation;

  const begin = (isOurs?: (token: string) => Promise<boolean>) => {
    const storage = new TabStorage(() => memory as unknown as Storage);
    const pause = (seconds: number) => Promise.resolve(void waits.push(seconds));
    return new Conversation(new Api("/api", network.fetch), storage, isOurs, pause);
  };
  const texts = () =>
    conversation.now.entries.map((entry) => (entry.kind === "note" ? entry.note : entry.kind === "user" ? entry.text : entry.message.text));

  beforeEach(() => {
    network = new Network();
    memory = new Memory();
    waits = [];
    conversation = begin();
  });

  it("begins with the first message", async () => {
    await conversation.restore();
    expect(network.calls).toEqual([]);
    await conversation.say("hi");
    expect(texts()).toEqual(["hi", "to hi"]);
    expect(network.calls.map((call) => [call.method, call.path, call.token])).toEqual([
      ["POST", "/session", ""],
      ["POST", "/messages?details=1", "Bearer t1"],
    ]);
  });

  it("sends the language that it is shown in, and follows the answer's", async () => {
    await conversation.say("hi");
    expect(network.said[0]).toMatchObject({ language: "en", text: "hi" });
    network.next.push(Response.json({ messages: [{ text: "Bonjour", buttons: [] }], topic: "order", language: "fr", timing: null, sources: [], handoff_offered: false }));
    await conversation.say("en français svp");
    expect(conversation.now.language).toBe("fr");
    await conversation.press({ title: "Oui", payload: "/order" });
    expect(network.said[2]).toMatchObject({ language: "fr", payload: "/order" });
  });

  it("is shown in another language at once, and asked to go on in it once it has begun", async () => {
    await conversation.speak("fr");
    expect([conversation.now.language, network.said]).toEqual(["fr", []]);
    await conversation.speak("en");
    await conversation.say("hi");
    network.next.push(Response.json({ messages: [{ text: "Bonjour", buttons: [] }], topic: "order", language: "fr", timing: null, sources: [], handoff_offered: false }));
    await conversation.speak("fr");
    expect(network.said[1]).toMatchObject({ language: "fr", text: "En français, s'il vous plaît" });
    expect(conversation.now.language).toBe("fr");
  });

  it("answers messages in their order", async () => {
    await Promise.all([conversation.say("one"), conversation.say("two"), conversation.press({ title: "Three", payload: "/three" })]);
    expect(texts()).toEqual(["one", "two", "Three", "to one", "to two", "to /three"]);
  });

  it("waits as long as a busy server asks for", async () => {
    network.next.push(error(429, "Wait.", { "Retry-After": "3" }), error(429, "Wait."));
    await conversation.say("hi");
    expect(waits).toEqual([3, 1]);
    expect(new Set(network.said.map((body) => body["id"])).size).toBe(1);
    expect(texts()).toEqual(["hi", "to hi"]);
  });

  it("keeps a message that found no connection, and everything after it", async () => {
    network.next.push(new TypeError("no network"));
    await conversation.say("one");
    expect(conversation.now.problem).toEqual({ kind: "offline", sentence: "" });
    expect(conversation.now.entries[0]).toMatchObject({ failed: true });
    await conversation.retry();
    expect(texts()).toEqual(["one", "to one"]);
    expect(network.said[0]!["id"]).toBe(network.said[1]!["id"]);
  });

  it("keeps it over a reload too", async () => {
    network.next.push(new TypeError("no network"));
    await conversation.say("one");
    conversation = begin();
    await conversation.restore();
    expect(texts()).toEqual(["one", "to one"]);
    expect(network.said[0]!["id"]).toBe(network.said[1]!["id"]);
  });

  it.each([500, 503, 404])("offers another try after a %d", async (status) => {
    network.next.push(error(status, "Broken."));
    await conversation.say("one");
    expect(conversation.now.problem).toEqual({ kind: "failed", sentence: "Broken." });
    await conversation.retry();
    expect(texts()).toEqual(["one", "to one"]);
  });

  it("gives a refused text back", async () => {
    network.next.push(error(400, "It is not text."));
    await conversation.say("odd");
    expect(conversation.now.problem).toEqual({ kind: "refused", sentence: "It is not text." });
    expect(conversation.now.draft).toBe("odd");
    await conversation.say("even");
    expect(network.said.map((body) => body["text"])).toEqual(["odd", "even"]);
  });

  it("opens a refused form again, with what was filled in", async () => {
    await conversation.say("hi");
    network.next.push(error(400, "The form's fields are name and phone; there is no other."));
    await conversation.submit({ name: "A" }, "Details sent");
    expect(texts()).toEqual(["hi", "to hi"]);
    expect(conversation.now).toMatchObject({ given: { name: "A" }, problem: { kind: "refused" } });
  });

  it("keeps what stands in a form until an answer comes without one", async () => {
    const asking = { text: "form", buttons: [], form: { fields: [{ name: "name", label: "Name" }] } };
    network.next.push(Response.json({ messages: [asking], topic: "consult", language: "en", timing: null, sources: [] }));
    await conversation.say("a person please");
    conversation.fillIn({ name: "A" });
    conversation.fillIn({ phone: "1" });
    expect(conversation.now.given).toEqual({ name: "A", phone: "1" });
    await conversation.say("never mind");
    expect(conversation.now.given).toEqual({});
  });

  it("goes on in a new one where the old one is over, with the button's words", async () => {
    await conversation.say("hi");
    network.next.push(error(401, "Over."));
    await conversation.press({ title: "Why wait?", payload: "/why" });
    expect(texts()).toEqual(["hi", "to hi", "expired", "Why wait?", "to Why wait?"]);
    expect(network.calls.at(-1)!.token).toBe("Bearer t2");
  });

  it("is read again after a reload", async () => {
    memory.setItem("tandem-token", "t9");
    const bot = { from: "bot", at: "2026-11-22T12:00:01Z", topic: "emergency", language: "en" };
    network.next.push(
      Response.json({
        messages: [
          { from: "user", at: "2026-11-22T12:00:00Z", text: "q", buttons: [], id: "m1" },
          { ...bot, text: "I am a bot.", buttons: [], introduction: true },
          { ...bot, text: "one", buttons: [{ title: "B", payload: "/b" }] },
          { ...bot, text: "two", buttons: [], timing: null, sources: [{ id: "s", heading: "H", quote: "Q" }] },
        ],
      }),
    );
    await conversation.restore();
    expect(texts()).toEqual(["q", "I am a bot.", "one", "two"]);
    expect(conversation.now.restored).toBe(4);
    expect(conversation.now.entries.slice(2)).toMatchObject([
      { urgent: true, sources: [{ id: "s" }], buttons: [] },
      { urgent: true, sources: [], buttons: [{ payload: "/b" }] },
    ]);
  });

  it("keeps what is said while it is being read again", async () => {
    await conversation.restore();
    await conversation.say("before");
    conversation = begin();
    const restoring = conversation.restore();
    while (network.calls.at(-1)!.method !== "GET") await Promise.resolve();
    await Promise.all([conversation.say("meanwhile"), restoring]);
    expect(texts()).toEqual(["meanwhile", "to meanwhile"]);
    expect(network.said.map((body) => body["text"])).toEqual(["before", "meanwhile"]);
  });

  it("keeps what is said while another tab is found to have it, and nothing of what that one said", async () => {
    memory.setItem("tandem-token", "theirs");
    memory.setItem("tandem-pending", JSON.stringify([{ id: "1", said: { text: "theirs" }, shown: "theirs" }]));
    let found = (_: boolean) => {};
    conversation = begin((token) => (token === "theirs" ? new Promise((ours) => (found = ours)) : Promise.resolve(true)));
    const restoring = conversation.restore();
    const said = conversation.say("mine");
    found(false);
    await Promise.all([restoring, said]);
    expect(texts()).toEqual(["mine", "to mine"]);
    expect(network.said.map((body) => body["text"])).toEqual(["mine"]);
  });

  it("shows the sources in the closing where an answer has one", async () => {
    const sources = [{ id: "s", heading: "H", quote: "Q" }];
    const messages = [{ text: "one", buttons: [] }, { text: "Source: H.", buttons: [], closing: true }];
    network.next.push(Response.json({ messages, topic: "order", language: "en", timing: null, sources, handoff_offered: true }));
    await conversation.say("which first?");
    expect(conversation.now.entries.slice(1)).toMatchObject([{ sources: [] }, { sources, message: { closing: true } }]);
  });

  it("keeps what is thought of an answer, and takes it back where it could not be kept", async () => {
    await conversation.say("which first?");
    const rated = () => conversation.now.entries.map((entry) => (entry.kind === "bot" ? entry.feedback : "")).slice(-1)[0];
    const { id } = network.said[0]!;
    expect(await conversation.rate(String(id), "down")).toBe(true);
    expect(network.calls.at(-1)).toMatchObject({ path: "/feedback", token: "Bearer t1", body: { id, value: "down" } });
    expect(rated()).toBe("down");
    network.refused = error(404, "There is no answer.");
    expect(await conversation.rate(String(id), "up")).toBe(false);
    expect(rated()).toBe("down");
  });

  it.each(["emergency", "self_harm", "consult", "smalltalk_thanks"])("does not ask whether %s was helpful", async (topic) => {
    const messages = [{ text: "one", buttons: [] }];
    network.next.push(Response.json({ messages, topic, language: "en", timing: null, sources: [], handoff_offered: false }));
    await conversation.say("q");
    expect(conversation.now.entries.at(-1)).toMatchObject({ rates: null });
  });

  it("ends on the server, and says so where it cannot", async () => {
    await conversation.say("hi");
    await conversation.end();
    expect(network.calls.at(-1)).toMatchObject({ method: "DELETE", token: "Bearer t1" });
    expect(texts()).toEqual(["ended"]);
    expect(memory.getItem("tandem-token")).toBeNull();
    conversation.startOver();
    expect(conversation.now).toMatchObject({ entries: [], ended: false });
  });

  it("asks for no cookie where it has storage", async () => {
    await conversation.restore();
    await conversation.say("one");
    await conversation.end();
    expect(network.calls.map((call) => call.cookies)).toEqual([false, false, false]);
  });

  describe("without storage", () => {
    beforeEach(() => {
      const locked = new TabStorage(() => {
        throw new DOMException("locked", "SecurityError");
      });
      conversation = new Conversation(new Api("/api", network.fetch), locked);
    });

    it("opens one session, which alone may use the browser's cookie", async () => {
      await conversation.restore();
      await conversation.say("one");
      await conversation.say("two");
      await conversation.end();
      expect(network.calls.map((call) => [call.method, call.path, call.cookies])).toEqual([
        ["POST", "/session", true],
        ["GET", "/messages?details=1", false],
        ["POST", "/messages?details=1", false],
        ["POST", "/messages?details=1", false],
        ["DELETE", "/session", true],
      ]);
    });

    it("takes up the conversation that the cookie names", async () => {
      network.kept = "kept";
      const at = "2026-11-22T12:00:00.000Z";
      network.next.push(Response.json({ messages: [{ from: "user", at, text: "before", buttons: [], id: "m1" }] }));
      await conversation.restore();
      await conversation.say("after");
      expect(texts()).toEqual(["before", "after", "to after"]);
      expect(network.calls.slice(1).map((call) => call.token)).toEqual(["Bearer kept", "Bearer kept"]);
    });

    it("lets what is said meanwhile wait for it", async () => {
      await Promise.all([conversation.restore(), conversation.say("at once")]);
      expect(texts()).toEqual(["at once", "to at once"]);
      expect(network.calls.map((call) => call.path)).toEqual(["/session", "/messages?details=1", "/messages?details=1"]);
    });
  });
});
