/** The rest of the page, which a chat in the whole window covers: nothing in it may take the focus meanwhile. */
export class Surroundings {
  private held: HTMLElement[] = [];

  constructor(private readonly chat: HTMLElement) {}

  hold(): void {
    if (this.held.length) return;
    const others = [...document.body.children].filter((child) => child !== this.chat);
    this.held = others.filter((child): child is HTMLElement => child instanceof HTMLElement && !child.inert);
    for (const child of this.held) child.inert = true;
  }

  release(): void {
    for (const child of this.held) child.inert = false;
    this.held = [];
  }
}
