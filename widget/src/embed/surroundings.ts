/** The page that a chat in the whole window covers: nothing in it may take the focus meanwhile. */
export class Surroundings {
  private held: HTMLElement | null = null;

  hold(): void {
    if (this.held || document.body.inert) return;
    this.held = document.body;
    this.held.inert = true;
  }

  release(): void {
    if (this.held) this.held.inert = false;
    this.held = null;
  }
}
