/** Colours of the clinic's choice that stay readable: contrast as WCAG 2.2 defines it, kept on any surface. */

export type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const STEPS = 20;

/** The colour of "#rgb" or "#rrggbb"; null for anything else. */
export function parseHex(text: string): Rgb | null {
  const found = /^#?(?:([0-9a-f])([0-9a-f])([0-9a-f])|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))$/i.exec(text.trim());
  if (!found) return null;
  const parts = found.slice(1).filter(Boolean);
  return parts.map((part) => parseInt(part.length === 1 ? part + part : part, 16)) as unknown as Rgb;
}

export function toHex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** The contrast ratio of two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Up to this luminance white has 4.5:1 on a colour; above it black has. */
const DARK = 1.05 / 4.5 - 0.05;

/** Black or white, whichever reads on a colour: one of them always has at least 4.5:1. */
export function inkOn(colour: Rgb): Rgb {
  return luminance(colour) <= DARK ? WHITE : BLACK;
}

/** The colour nearest to the given one that has the contrast against a surface. */
export function readableOn(surface: Rgb, colour: Rgb, ratio: number): Rgb {
  const target = luminance(surface) > 0.18 ? BLACK : WHITE;
  for (let step = 0; step < STEPS; step++) {
    const mixed = mix(colour, target, step / STEPS);
    if (contrast(mixed, surface) >= ratio) return mixed;
  }
  return target;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((part, i) => Math.round(part + ((to[i] ?? 0) - part) * share)) as unknown as Rgb;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
