/** Remembers something in this tab, where the browser lets the page do so. */
export class Remembered {
  constructor(private readonly key: string) {}

  get is(): boolean {
    try {
      return sessionStorage.getItem(this.key) === "1";
    } catch {
      return false;
    }
  }

  set(is: boolean): void {
    try {
      sessionStorage.setItem(this.key, is ? "1" : "");
    } catch {
      // A page without storage remembers nothing.
    }
  }
}
