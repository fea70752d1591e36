/** The one script that a clinic's page includes: a launcher, and on its first click the chat in a frame. */
import { Embed } from "./embed/embed";
import { readAttributes } from "./embed/attributes";

function start(): void {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const attributes = readAttributes(script);
  // Beside the body, not in it: a body that is transformed, filtered or replaced does not take the chat along.
  const begin = () => {
    if (!document.getElementById(Embed.id)) document.documentElement.append(new Embed(attributes).element);
  };
  // An async script may come before the body.
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
}

start();
