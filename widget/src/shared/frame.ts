/** What the clinic's page and the chat's frame tell each other: never what is said in the chat. */

export type ToFrame =
  | { tandem: "shown"; focus: boolean; fullscreen: boolean }
  | { tandem: "hidden" };

export type ToPage =
  | { tandem: "ready" }
  | { tandem: "close" }
  | { tandem: "unread"; count: number };

/** What the page tells the frame about itself, in the fragment of the frame's address. */
export interface FrameOptions {
  origin: string;
  name: string;
  color: string;
  lang: string;
  theme: string;
  avatar: string;
  privacy: string;
}

export const DEFAULT_COLOR = "#0b6b6f";

/** True for a message of ours from exactly this window and this origin. */
export function isFrom(event: MessageEvent, source: unknown, origin: string): boolean {
  const data: unknown = event.data;
  return event.source === source && event.origin === origin && typeof data === "object" && data !== null && "tandem" in data;
}

export function writeOptions(options: FrameOptions): string {
  return new URLSearchParams({ ...options }).toString();
}

export function readOptions(fragment: string): FrameOptions {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const read = (name: keyof FrameOptions) => given.get(name) ?? "";
  return { origin: read("origin"), name: read("name"), color: read("color"), lang: read("lang") || "en", theme: read("theme"), avatar: read("avatar"), privacy: read("privacy") };
}
