/** Remembers in this tab whether the chat was open, where the browser lets the page do so. */
const KEY = "tandem-open";

export class Remembered {
  get wasOpen(): boolean {
    try {
      return sessionStorage.getItem(KEY) === "1";
    } catch {
      return false;
    }
  }

  set(open: boolean): void {
    try {
      if (open) sessionStorage.setItem(KEY, "1");
      else sessionStorage.removeItem(KEY);
    } catch {
      // A page without storage opens closed.
    }
  }
}
