/** Draws a timing answer as a line of time; its name says the same in words. */
import type { Mark, Picture } from "../timeline";

const WIDTH = 288;
const LEFT = 14;
const RIGHT = WIDTH - 14;
const ABOVE = 34;
const BELOW = 33;
const LINE_HEIGHT = 15;

const place = (at: number) => LEFT + at * (RIGHT - LEFT);

export function Timeline({ picture }: { picture: Picture }) {
  const hasPlan = picture.marks.some((mark) => mark.side === "above");
  const y = hasPlan ? 20 + ABOVE : 26;
  const minimum = place(picture.minimumAt);
  const rows = Math.max(...picture.marks.filter((mark) => mark.side === "below").map((mark) => mark.lines.length));
  // Between the names where they leave room, else above the line, where the plan then stands far to the right.
  const labelY = hasPlan && picture.minimumAt > 0.7 ? y + 24 : y - 11;
  return (
    <svg class="timeline" viewBox={`0 0 ${WIDTH} ${y + BELOW + LINE_HEIGHT * (rows - 1)}`} role="img" aria-label={picture.alternative}>
      <path class="axis" d={`M${LEFT} ${y}H${RIGHT}`} />
      <path class="wait" d={`M${LEFT} ${y}H${minimum}`} />
      {picture.isCut && <path class="cut" d={`M${(minimum + RIGHT) / 2 - 5} ${y + 7}l4 -14M${(minimum + RIGHT) / 2 + 1} ${y + 7}l4 -14`} />}
      <text class="label" x={(LEFT + minimum) / 2} y={labelY} text-anchor="middle">
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
  const anchor = mark.at < 0.25 ? "start" : mark.at > 0.75 ? "end" : "middle";
  const edge = anchor === "start" ? LEFT - 8 : anchor === "end" ? RIGHT + 8 : x;
  const first = mark.side === "above" ? y - 18 - LINE_HEIGHT * (mark.lines.length - 1) : y + 24;
  return (
    <g class={`${mark.kind}${mark.tooSoon ? " too-soon" : ""}`}>
      <Shape mark={mark} x={x} y={y} />
      {mark.lines.map((line, i) => (
        <text key={i} class={i === 0 ? "name" : "day"} x={edge} y={first + i * LINE_HEIGHT} text-anchor={anchor}>
          {line}
        </text>
      ))}
    </g>
  );
}

/** Each kind has a shape of its own, for those who do not see the colours apart. */
function Shape({ mark, x, y }: { mark: Mark; x: number; y: number }) {
  if (mark.kind === "lead") return <circle cx={x} cy={y} r={7} />;
  if (mark.kind === "minimum") return <path d={`M${x} ${y - 9}V${y + 9}`} />;
  return mark.tooSoon ? <path d={`M${x - 6} ${y - 6}l12 12m0 -12l-12 12`} /> : <path d={`M${x} ${y - 8}l8 8l-8 8l-8 -8z`} />;
}
