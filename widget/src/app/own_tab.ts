/** Makes sure that a conversation belongs to one tab: a duplicated tab starts with a copy of the first one's storage. */

const LET_GO_MS = 700;

/**
 * Take a conversation for this tab until it closes; false where another tab has it.
 *
 * Where the browser has no locks (plain http), the tab gets it.
 */
export async function takeForThisTab(token: string): Promise<boolean> {
  if (!navigator.locks) return true;
  const name = `tandem ${token.slice(-32)}`;
  return new Promise((taken) => {
    // A reloaded page may still be letting go.
    const options = { signal: AbortSignal.timeout(LET_GO_MS) };
    const hold = () => {
      taken(true);
      return new Promise<never>(() => {});
    };
    navigator.locks.request(name, options, hold).catch((error: unknown) => taken(!isBusy(error)));
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "TimeoutError" || error.name === "AbortError");
}
