/** A new id. `crypto.randomUUID` needs a secure page; a clinic tries this on plain http in its own network too. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
