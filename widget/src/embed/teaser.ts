/** A line beside the launcher, shown once in a tab: it makes no sound, takes no focus, and goes when it is told to. */
import type { LauncherStrings } from "../strings";
import type { Attributes } from "./attributes";
import { Remembered } from "./remembered";

export class Teaser {
  readonly element = document.createElement("div");
  private readonly seen = new Remembered("tandem-teased");

  constructor({ teaser }: Attributes, strings: LauncherStrings, onClick: () => void) {
    this.element.className = "teaser";
    this.element.hidden = true;
    if (!teaser || this.seen.is) return;
    this.add(teaser.text || strings.teaser, onClick);
    this.add("×", () => this.end()).setAttribute("aria-label", strings.dismiss);
    setTimeout(() => (this.element.hidden = this.seen.is), teaser.after * 1000);
  }

  /** Go for good: the chat was opened, or nobody wants the line. */
  end(): void {
    this.seen.set(true);
    this.element.hidden = true;
  }

  private add(text: string, onClick: () => void): HTMLElement {
    const button = document.createElement("button");
    button.dir = "auto";
    button.textContent = text;
    button.addEventListener("click", onClick);
    this.element.append(button);
    return button;
  }
}
