/**
 * What this tab keeps over a reload: the token, and messages that have no answer yet. Gone with the tab.
 *
 * Where the browser locks storage out of frames nothing is kept here, and a cookie finds the conversation again.
 */
import type { Said } from "./types";

export interface Pending {
  id: string;
  said: Said;
  /** How the user sees it. */
  shown: string;
}

const TOKEN = "tandem-token";
const PENDING = "tandem-pending";

export class TabStorage {
  private readonly memory = new Map<string, string>();

  constructor(private readonly storage: () => Storage = () => sessionStorage) {}

  get isLocked(): boolean {
    try {
      this.storage().getItem(TOKEN);
      return false;
    } catch {
      return true;
    }
  }

  get token(): string | null {
    return this.read(TOKEN);
  }

  set token(token: string | null) {
    this.write(TOKEN, token);
  }

  get pending(): Pending[] {
    try {
      return JSON.parse(this.read(PENDING) ?? "[]") as Pending[];
    } catch {
      return [];
    }
  }

  set pending(pending: readonly Pending[]) {
    this.write(PENDING, pending.length ? JSON.stringify(pending) : null);
  }

  clear(): void {
    this.token = null;
    this.pending = [];
  }

  private read(key: string): string | null {
    try {
      return this.storage().getItem(key);
    } catch {
      return this.memory.get(key) ?? null;
    }
  }

  private write(key: string, value: string | null): void {
    try {
      if (value === null) this.storage().removeItem(key);
      else this.storage().setItem(key, value);
    } catch {
      if (value === null) this.memory.delete(key);
      else this.memory.set(key, value);
    }
  }
}
