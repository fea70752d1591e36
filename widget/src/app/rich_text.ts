/** What may stand in the bot's text beside words: emphasis, phone numbers and web addresses. Never markup. */

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "strong"; pieces: Piece[] }
  | { kind: "link"; text: string; href: string };

const STRONG = /\*\*(.+?)\*\*/g;
const LINKS =
  /(?<web>https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)])|(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<phone>(?:\+?1[-. ])?\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b)|(?<short>\b(?:911|811|9-8-8)\b)/g;

/** Take a text apart. */
export function piecesOf(text: string): Piece[] {
  return split(text, STRONG, (found) => ({ kind: "strong", pieces: linksOf(found[1]!) }), linksOf);
}

function linksOf(text: string): Piece[] {
  return split(text, LINKS, (found) => ({ kind: "link", text: found[0], href: addressOf(found) }), plain);
}

function addressOf(found: RegExpMatchArray): string {
  const { web, mail, phone, short } = found.groups as Record<string, string | undefined>;
  if (web) return web;
  if (mail) return `mailto:${mail}`;
  const digits = (phone ?? short ?? "").replace(/\D/g, "");
  return digits.length === 10 ? `tel:+1${digits}` : digits.length === 11 ? `tel:+${digits}` : `tel:${digits}`;
}

function plain(text: string): Piece[] {
  return text ? [{ kind: "text", text }] : [];
}

function split(text: string, pattern: RegExp, piece: (found: RegExpMatchArray) => Piece, rest: (text: string) => Piece[]): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    pieces.push(...rest(text.slice(end, found.index)), piece(found));
    end = found.index + found[0].length;
  }
  return [...pieces, ...rest(text.slice(end))];
}

/** The text as it is read aloud or kept in a file: without the marks of emphasis. */
export function plainText(text: string): string {
  return text.replace(STRONG, "$1");
}
