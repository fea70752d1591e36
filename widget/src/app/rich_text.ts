/** What may stand in the bot's text beside words: emphasis, phone numbers and web addresses. Never markup. */

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "strong"; pieces: Piece[] }
  | { kind: "link"; text: string; href: string };

const STRONG = /\*\*(.+?)\*\*/g;
const LINKS =
  /(?<web>https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)])|(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<phone>(?:\+?1[-. ])?\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b)|(?<short>\b(?:911|811|9-8-8)\b)/g;

/** Take a text apart; the short numbers are links too, unless they are called elsewhere. */
export function piecesOf(text: string, shortElsewhere = false): Piece[] {
  const linked = (part: string) => linksOf(part, shortElsewhere);
  return split(text, STRONG, (found) => ({ kind: "strong", pieces: linked(found[1]!) }), linked);
}

/** The short numbers that a text names, each once: those that are called when every second counts. */
export function callsOf(text: string): { number: string; href: string }[] {
  const found = [...text.matchAll(LINKS)].filter((each) => each.groups?.["short"]);
  return [...new Map(found.map((each) => [each[0], { number: each[0], href: addressOf(each) }])).values()];
}

function linksOf(text: string, shortElsewhere: boolean): Piece[] {
  const piece = (found: RegExpMatchArray): Piece =>
    shortElsewhere && found.groups?.["short"] ? { kind: "text", text: found[0] } : { kind: "link", text: found[0], href: addressOf(found) };
  return split(text, LINKS, piece, plain);
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
