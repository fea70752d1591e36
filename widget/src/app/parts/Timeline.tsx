/**
 * Draws a timing answer as a line of time; its name says the same in words.
 *
 * No two names can lie on each other: the plan stands above the line, the minimum's length in a row of its own below
 * it, and in the rows under that the first treatment at the left end and the earliest day in the right half.
 */
import type { Mark, Picture } from "../timeline";

const WIDTH = 288;
const LEFT = 14;
const RIGHT = WIDTH - 14;
const ABOVE = 54;
const ROW = 15;
const MIDDLE = (LEFT + RIGHT) / 2;

const place = (at: number) => LEFT + at * (RIGHT - LEFT);

export function Timeline({ picture }: { picture: Picture }) {
  const y = picture.marks.some((mark) => mark.side === "above") ? ABOVE : 14;
  const minimum = place(picture.minimumAt);
  const rows = Math.max(...picture.marks.filter((mark) => mark.side === "below").map((mark) => mark.lines.length));
  return (
    <svg class="timeline" viewBox={`0 0 ${WIDTH} ${y + 28 + ROW * rows}`} role="img" aria-label={picture.alternative}>
      <path class="axis" d={`M${LEFT} ${y}H${RIGHT}`} />
      <path class="wait" d={`M${LEFT} ${y}H${minimum}`} />
      {picture.isCut && <path class="cut" d={`M${(minimum + RIGHT) / 2 - 5} ${y + 7}l4 -14M${(minimum + RIGHT) / 2 + 1} ${y + 7}l4 -14`} />}
      <text class="label" x={(LEFT + minimum) / 2} y={y + 22} text-anchor="middle">
        {picture.minimumLabel}
      </text>
      {picture.marks.map((mark) => (
        <MarkView key={mark.kind} mark={mark} y={y} />
      ))}
    </svg>
  );
}

function MarkView({ mark, y }: { mark: Mark; y: number }) {
  const x = place(mark.at);
  const [edge, anchor] = mark.side === "above" ? aligned(x) : x < MIDDLE ? [LEFT - 8, "start"] : [Math.min(x + 36, RIGHT + 8), "end"];
  const first = mark.side === "above" ? y - 18 - ROW * (mark.lines.length - 1) : y + 39;
  return (
    <g class={`${mark.kind}${mark.tooSoon ? " too-soon" : ""}`}>
      <Shape mark={mark} x={x} y={y} />
      {mark.lines.map((line, i) => (
        <text key={i} class={i === 0 ? "name" : "day"} x={edge} y={first + i * ROW} text-anchor={anchor}>
          {line}
        </text>
      ))}
    </g>
  );
}

/** Over its mark, and where that would lead over an edge, at the edge. */
function aligned(x: number): [number, "start" | "middle" | "end"] {
  const quarter = (RIGHT - LEFT) / 4;
  if (x < LEFT + quarter) return [LEFT - 8, "start"];
  return x > RIGHT - quarter ? [RIGHT + 8, "end"] : [x, "middle"];
}

/** Each kind has a shape of its own, for those who do not see the colours apart. */
function Shape({ mark, x, y }: { mark: Mark; x: number; y: number }) {
  if (mark.kind === "lead") return <circle cx={x} cy={y} r={7} />;
  if (mark.kind === "minimum") return <path d={`M${x} ${y - 9}V${y + 9}`} />;
  return mark.tooSoon ? <path d={`M${x - 6} ${y - 6}l12 12m0 -12l-12 12`} /> : <path d={`M${x} ${y - 8}l8 8l-8 8l-8 -8z`} />;
}
