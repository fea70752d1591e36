/** The clinic's page around the frame: heard only from its exact origin, and told only there. */
import { type ToFrame, type ToPage, isFrom } from "../shared/frame";

export class Page {
  private visible = false;
  private unread = 0;

  constructor(
    private readonly origin: string,
    private readonly onShown: (focus: boolean, fullscreen: boolean) => void,
  ) {}

  /** Begin to listen. Opened by itself, without a page around it, the chat is simply shown. */
  begin(): void {
    if (parent === window || !this.origin) {
      this.shown(true, true);
      return;
    }
    addEventListener("message", (event) => {
      if (isFrom(event, parent, this.origin)) this.hear(event.data as ToFrame);
    });
    this.tell({ tandem: "ready" });
  }

  close(): void {
    this.tell({ tandem: "close" });
  }

  /** Count a new message that nobody sees. */
  news(): void {
    if (!this.visible) this.tell({ tandem: "unread", count: ++this.unread });
  }

  get isFramed(): boolean {
    return parent !== window && this.origin !== "";
  }

  private hear(message: ToFrame): void {
    if (message.tandem === "shown") this.shown(message.focus === true, message.fullscreen === true);
    else if (message.tandem === "hidden") this.visible = false;
  }

  private shown(focus: boolean, fullscreen: boolean): void {
    this.visible = true;
    this.unread = 0;
    this.onShown(focus, fullscreen);
  }

  private tell(message: ToPage): void {
    if (this.isFramed) parent.postMessage(message, this.origin);
  }
}
