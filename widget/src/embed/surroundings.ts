/** The page that a chat in the whole window covers: nothing in it may take the focus meanwhile. */
export class Surroundings {
  private held: HTMLElement | null = null;
  // A site of a single page may put another body in the place of the one that is held.
  private readonly changes = new MutationObserver(() => this.hold());

  hold(): void {
    const { body } = document;
    if (!body || body.inert) return;
    this.held = body;
    body.inert = true;
    this.changes.observe(document.documentElement, { childList: true });
  }

  release(): void {
    this.changes.disconnect();
    if (this.held) this.held.inert = false;
    this.held = null;
  }
}
