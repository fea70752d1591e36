/** The launcher and the panel with the chat's frame, on the clinic's page. */
import { fill } from "../shared/fill";
import { type FrameOptions, type ToFrame, type ToPage, isFrom, writeOptions } from "../shared/frame";
import { type LauncherStrings, launcherStrings } from "../strings";
import type { Attributes } from "./attributes";
import { chatIcon, closeIcon, logo } from "./icons";
import { Remembered } from "./remembered";
import { styleSheet } from "./style";
import { Surroundings } from "./surroundings";
import { Teaser } from "./teaser";

export class Embed {
  static readonly id = "tandem-chat";
  readonly element = document.createElement("section");

  private readonly button = document.createElement("button");
  private readonly badge = document.createElement("span");
  private readonly status = document.createElement("div");
  private readonly strings: LauncherStrings;
  private readonly remembered = new Remembered("tandem-open");
  private readonly teaser: Teaser;
  private readonly surroundings = new Surroundings();
  // On a phone, or magnified until the page is as small as one, the chat takes the whole window.
  private readonly small = matchMedia("(max-width: 480px), (max-height: 480px)");
  private frame: HTMLIFrameElement | null = null;
  private ready = false;
  private isOpen = false;
  private focusWanted = false;
  private unread = 0;

  constructor(private readonly attributes: Attributes) {
    this.strings = launcherStrings(attributes.lang);
    this.teaser = new Teaser(attributes, this.strings, () => this.open(true));
    this.element.id = Embed.id;
    this.element.lang = attributes.lang;
    this.element.setAttribute("aria-label", this.named(this.strings.landmark));
    const root = this.element.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styleSheet(attributes)];
    root.append(this.status, this.button, this.teaser.element);
    this.prepare();
    this.listen();
    if (this.remembered.is && !this.small.matches) this.open(false);
  }

  private prepare(): void {
    this.status.setAttribute("role", "status");
    this.status.className = "hidden-text";
    this.button.className = "launcher";
    this.badge.className = "badge";
    this.badge.setAttribute("aria-hidden", "true");
    this.button.append(this.attributes.logo ? logo(this.attributes.logo) : chatIcon(), closeIcon(), this.badge);
    this.show();
  }

  private listen(): void {
    this.button.addEventListener("click", () => (this.isOpen ? this.close() : this.open(true)));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen) this.close();
    });
    this.small.addEventListener("change", () => this.isOpen && this.shown());
    // A phone's keyboard covers the window's lower part: the chat is as high as what is left of it.
    visualViewport?.addEventListener("resize", () => this.fit());
    addEventListener("message", (event) => {
      if (this.frame && isFrom(event, this.frame.contentWindow, this.attributes.origin)) this.hear(event.data as ToPage);
    });
  }

  private hear(message: ToPage): void {
    if (message.tandem === "ready") {
      this.ready = true;
      if (this.isOpen) this.shown();
    } else if (message.tandem === "close") this.close();
    else if (message.tandem === "unread") this.count(Number(message.count) || 0);
  }

  private open(focus: boolean): void {
    this.frame ??= this.load();
    this.isOpen = true;
    this.focusWanted = focus;
    this.remembered.set(true);
    this.teaser.end();
    this.count(0);
    this.show();
    this.shown();
  }

  private close(): void {
    this.isOpen = false;
    this.remembered.set(false);
    this.surroundings.release();
    this.show();
    this.tell({ tandem: "hidden" });
    this.button.focus();
  }

  private load(): HTMLIFrameElement {
    const frame = document.createElement("iframe");
    const { origin, position, logo, teaser, ...shared } = this.attributes;
    const options: FrameOptions = { ...shared, origin: location.origin };
    frame.title = this.named(this.strings.landmark);
    frame.allow = "clipboard-write";
    frame.src = `${origin}/widget/index.html#${writeOptions(options)}`;
    this.element.shadowRoot!.append(frame);
    return frame;
  }

  /** Tell the frame that it is seen, once it listens. */
  private shown(): void {
    const fullscreen = this.small.matches;
    this.fit();
    if (fullscreen) this.surroundings.hold();
    else this.surroundings.release();
    if (!this.ready) return;
    if (this.focusWanted) this.frame?.focus();
    this.tell({ tandem: "shown", focus: this.focusWanted, fullscreen });
    this.focusWanted = false;
  }

  private fit(): void {
    if (!this.frame) return;
    const { height = 0, offsetTop = 0 } = (this.small.matches && visualViewport) || {};
    this.frame.style.height = height ? `${height}px` : "";
    this.frame.style.top = height ? `${offsetTop}px` : "";
  }

  private tell(message: ToFrame): void {
    if (this.ready) this.frame?.contentWindow?.postMessage(message, this.attributes.origin);
  }

  private count(unread: number): void {
    const news = unread > this.unread && !this.isOpen;
    this.unread = unread;
    this.status.textContent = news ? this.news() : "";
    this.show();
  }

  private news(): string {
    return this.unread === 1 ? this.strings.unread_one : fill(this.strings.unread_many, { count: this.unread });
  }

  private show(): void {
    const label = this.named(this.isOpen ? this.strings.close : this.strings.open);
    this.element.classList.toggle("open", this.isOpen);
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    this.button.setAttribute("aria-label", this.unread ? `${label}, ${this.news()}` : label);
    this.badge.textContent = this.unread ? String(Math.min(this.unread, 9)) : "";
  }

  private named(text: string): string {
    return fill(text, { name: this.attributes.name || this.strings.someone });
  }
}
