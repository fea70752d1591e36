/** The launcher's looks, as a style sheet made by script: a page's policy on inline styles does not stop it. */
import { inkOn, parseHex } from "../shared/colour";
import type { Attributes } from "./attributes";

export function styleSheet({ color, position }: Attributes): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css(color, `rgb(${inkOn(parseHex(color)!).join()})`, position));
  return sheet;
}

// The page's own rules reach the host element, so what matters there is said with weight.
const css = (fill: string, ink: string, side: string): string => `
:host { all: initial !important; --fill: ${fill}; --edge: 0 0 0 1px rgb(0 0 0 / .1); --shadow: 0 8px 32px rgb(0 0 0 / .26); }
[hidden] { display: none !important; }
.hidden-text { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { border: 0; cursor: pointer; }
.launcher, .teaser, iframe { position: fixed; z-index: 2147483646; ${side}: 20px; }
.launcher { bottom: 20px; width: 60px; height: 60px; padding: 0; display: grid; place-items: center;
  border: 2px solid #fff; border-radius: 50%; background: var(--fill); color: ${ink};
  box-shadow: var(--shadow); transition: transform .15s; }
.launcher:hover { transform: scale(1.05); }
button:focus-visible { outline: 3px solid #1a1a1a; outline-offset: 0; box-shadow: 0 0 0 6px #fff; }
svg, img { grid-area: 1 / 1; width: 28px; height: 28px; transition: opacity .15s, transform .15s; }
img { width: 100%; height: 100%; border-radius: 50%; object-fit: cover; }
:host(:not(.open)) .close, :host(.open) .chat { opacity: 0; transform: rotate(-30deg) scale(.6); }
.badge { position: absolute; top: -6px; ${side}: -4px; min-width: 22px; height: 22px; box-sizing: border-box; padding: 0 5px;
  border: 2px solid #fff; border-radius: 11px; background: #b3261e; color: #fff; font: 700 12px/18px system-ui, sans-serif; text-align: center; }
.badge:empty { display: none; }
.teaser { bottom: 92px; display: flex; max-width: min(280px, 100vw - 40px); border-radius: 14px; background: #fff;
  box-shadow: var(--edge), var(--shadow); }
.teaser button { padding: 12px; border-radius: 14px; background: none; color: #1a1a1a; font: 15px/1.4 system-ui, sans-serif; text-align: start; }
iframe { bottom: 94px; width: 400px; height: min(680px, 100vh - 118px);
  border: 0; border-radius: 18px; background: transparent; color-scheme: light dark;
  box-shadow: var(--edge), var(--shadow);
  visibility: hidden; opacity: 0; transform: translateY(12px); transition: opacity .18s, transform .18s, visibility 0s .18s; }
:host(.open) iframe { visibility: visible; opacity: 1; transform: none; transition-delay: 0s; }
@media (max-width: 480px), (max-height: 480px) {
  iframe { inset: 0; width: 100%; height: 100%; border-radius: 0; }
  :host(.open) .launcher { visibility: hidden; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; transform: none !important; } }
@media (forced-colors: active) { button, .teaser { border: 1px solid ButtonText; } }
@media print { :host { display: none !important; } }
`;
