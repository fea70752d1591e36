/** The launcher's looks, as a style sheet made by script: a page's policy on inline styles does not stop it. */
import { inkOn, parseHex, toHex } from "../shared/colour";
import type { Attributes } from "./attributes";

export function styleSheet({ color, position }: Attributes): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css(color, toHex(inkOn(parseHex(color)!)), position));
  return sheet;
}

// The page's own rules reach the host element, so what matters there is said with weight.
const css = (fill: string, ink: string, side: string): string => `
:host { all: initial !important; --fill: ${fill}; --ink: ${ink}; }
.hidden-text { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { position: fixed; z-index: 2147483646; ${side}: 20px; bottom: 20px; width: 60px; height: 60px; padding: 0;
  display: grid; place-items: center; border: 2px solid #fff; border-radius: 50%; background: var(--fill); color: var(--ink);
  box-shadow: 0 1px 3px rgb(0 0 0 / .3), 0 8px 24px rgb(0 0 0 / .22); cursor: pointer; transition: transform .15s; }
button:hover { transform: scale(1.05); }
button:focus-visible { outline: 3px solid #1a1a1a; outline-offset: 0; box-shadow: 0 0 0 6px #fff; }
svg { grid-area: 1 / 1; width: 28px; height: 28px; transition: opacity .15s, transform .15s; }
:host(:not(.open)) .close, :host(.open) .chat { opacity: 0; transform: rotate(-30deg) scale(.6); }
.badge { position: absolute; top: -6px; ${side}: -4px; min-width: 22px; height: 22px; box-sizing: border-box; padding: 0 5px;
  border: 2px solid #fff; border-radius: 11px; background: #b3261e; color: #fff; font: 700 12px/18px system-ui, sans-serif; text-align: center; }
.badge:empty { display: none; }
iframe { position: fixed; z-index: 2147483647; ${side}: 20px; bottom: 94px; width: 400px; height: min(680px, 100vh - 118px);
  border: 0; border-radius: 18px; background: transparent; color-scheme: light dark;
  box-shadow: 0 0 0 1px rgb(0 0 0 / .1), 0 16px 48px rgb(0 0 0 / .26);
  visibility: hidden; opacity: 0; transform: translateY(12px); transition: opacity .18s, transform .18s, visibility 0s .18s; }
:host(.open) iframe { visibility: visible; opacity: 1; transform: none; transition-delay: 0s; }
@media (max-width: 480px), (max-height: 480px) {
  iframe { inset: 0; width: 100%; height: 100%; border-radius: 0; }
  :host(.open) button { visibility: hidden; }
}
@media (prefers-reduced-motion: reduce) { button, svg, iframe { transition: none !important; } button:hover { transform: none; } }
@media (forced-colors: active) { button { border-color: ButtonText; } }
@media print { button, iframe { display: none; } }
`;
