/** The launcher's pictures, made element by element: a page that forbids markup from strings takes them too. */
const SVG = "http://www.w3.org/2000/svg";
const LINE = { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };
const BUBBLE =
  "M4.5 4h15A2.5 2.5 0 0 1 22 6.5v8a2.5 2.5 0 0 1-2.5 2.5H12l-4.4 3.7c-.6.5-1.6.1-1.6-.8V17H4.5A2.5 2.5 0 0 1 2 14.5v-8A2.5 2.5 0 0 1 4.5 4Z";

export const chatIcon = () =>
  icon("chat", { d: BUBBLE, fill: "currentColor" }, { ...LINE, d: "M7 8.8h10M7 12.2h6.5", stroke: "var(--fill)", "stroke-width": "1.7" });
export const closeIcon = () => icon("close", { ...LINE, d: "m6 9.5 6 6 6-6", stroke: "currentColor", "stroke-width": "2.4" });

/** The clinic's own picture in the place of the bubble. */
export function logo(address: string): HTMLElement {
  const image = new Image();
  image.src = address;
  image.alt = "";
  image.className = "chat";
  return image;
}

function icon(name: string, ...paths: Record<string, string>[]): SVGElement {
  const shapes = paths.map((attributes) => element("path", attributes));
  const svg = element("svg", { class: name, viewBox: "0 0 24 24", "aria-hidden": "true" });
  svg.append(...shapes);
  return svg;
}

function element(tag: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
