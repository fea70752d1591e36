/** Where the conversation is scrolled to: an answer is read from its beginning, with what can be done next where it fits. */

const MARGIN = 8;

/**
 * The place to scroll to, in pixels from the top, after an answer.
 *
 * @param starts Where reading may begin: at the question, or else at the answer. The first from which the rest fits
 *   counts; of an answer that is longer than that, the beginning is what is read.
 * @param end Where the conversation ends.
 * @param height How much can be seen at once.
 */
export function placeOf(starts: readonly number[], end: number, height: number): number {
  const fits = starts.find((top) => end - top + MARGIN <= height);
  const read = Math.min((fits ?? starts.at(-1) ?? end) - MARGIN, end - height);
  return Math.max(0, read);
}

/** Scroll the log, or the whole page where the log does not scroll by itself, to the last answer or else to the end. */
export function scrollOn(log: HTMLElement, isAnswered: boolean): void {
  const isWhole = getComputedStyle(log).overflowY === "visible";
  const scroller = isWhole ? document.documentElement : log;
  const above = isWhole ? 0 : log.getBoundingClientRect().top;
  // The line to write in stands over the page's lower end then.
  const covered = isWhole ? (document.querySelector<HTMLElement>(".composer")?.offsetHeight ?? 0) : 0;
  const at = (edge: number) => edge - above + scroller.scrollTop;
  const messages = [...log.querySelectorAll(".message:not(#greeting)")];
  const asked = messages.findLastIndex((message) => message.matches(".user"));
  const starts = isAnswered ? messages.slice(Math.max(asked, 0)).slice(0, 2).map((message) => at(message.getBoundingClientRect().top)) : [];
  scroller.scrollTop = placeOf(starts, scroller.scrollHeight - covered, scroller.clientHeight - covered);
}

/** Keep the end in view where it was, when a line or a keyboard below takes some of the log's height; what ends that comes back. */
export function stayAtEnd(log: HTMLElement): () => void {
  let height = log.clientHeight;
  const watch = new ResizeObserver(() => {
    const taken = height - log.clientHeight;
    height = log.clientHeight;
    const below = log.scrollHeight - log.clientHeight - log.scrollTop;
    if (taken > 0 && below <= taken + 1) log.scrollTop = log.scrollHeight;
  });
  watch.observe(log);
  return () => watch.disconnect();
}
