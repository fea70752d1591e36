/**
 * The picture of a timing answer, as places on a line: Botox, the article's minimum, the earliest day, the plan.
 *
 * Only what the answer says is drawn; where it gives no interval, there is no picture.
 */
import { fill } from "../shared/fill";
import type { ChatStrings } from "../strings";
import { sayDay } from "./days";
import type { Timing } from "./types";

export interface Mark {
  /** The place on the line, 0 to 1. */
  at: number;
  kind: "lead" | "minimum" | "plan";
  side: "above" | "below";
  tooSoon: boolean;
  lines: string[];
}

export interface Picture {
  marks: Mark[];
  /** Where the article's minimum ends on the line. */
  minimumAt: number;
  minimumLabel: string;
  /** The line is cut between the minimum and the plan: the plan is too far away to be drawn to scale. */
  isCut: boolean;
  alternative: string;
}

const MINIMUM_ALONE = 0.94;
const MINIMUM_LEAST = 0.5;

/** The picture of an answer's timing, or null where there is nothing to draw. */
export function pictureOf(timing: Timing | null, strings: ChatStrings): Picture | null {
  if (!timing || !isDrawable(timing)) return null;
  const minimum = timing.minimum_days!;
  const planned = timing.verdict === null ? null : timing.days;
  const scale = scaleOf(minimum, planned);
  const words = new Words(timing, strings);
  const marks: Mark[] = [
    { at: 0, kind: "lead", side: "below", tooSoon: false, lines: words.lead() },
    { at: scale.minimumAt, kind: "minimum", side: "below", tooSoon: false, lines: words.minimum() },
  ];
  if (planned !== null) {
    const tooSoon = timing.verdict === "too_soon";
    marks.push({ at: scale.planAt, kind: "plan", side: "above", tooSoon, lines: words.plan() });
  }
  return {
    marks,
    minimumAt: scale.minimumAt,
    minimumLabel: fill(strings.timeline.minimum, { days: minimum }),
    isCut: scale.isCut,
    alternative: words.alternative(planned !== null),
  };
}

function isDrawable(timing: Timing): boolean {
  const reversed = timing.first === "microneedling" || timing.verdict === "no_interval" || timing.verdict === "ask_date";
  const backwards = timing.days !== null && timing.days < 0;
  return timing.minimum_days !== null && timing.minimum_days > 0 && !reversed && !backwards;
}

function scaleOf(minimum: number, planned: number | null): { minimumAt: number; planAt: number; isCut: boolean } {
  if (planned === null || planned <= minimum) {
    return { minimumAt: MINIMUM_ALONE, planAt: MINIMUM_ALONE * ((planned ?? 0) / minimum), isCut: false };
  }
  const toScale = minimum / planned;
  return { minimumAt: Math.max(MINIMUM_LEAST, Math.min(toScale, 0.8)), planAt: 1, isCut: toScale < MINIMUM_LEAST };
}

class Words {
  private readonly words: ChatStrings["timeline"];

  constructor(
    private readonly timing: Timing,
    private readonly strings: ChatStrings,
  ) {
    this.words = strings.timeline;
  }

  lead(): string[] {
    return [this.words.lead, ...this.dayOf(this.timing.botox_date)];
  }

  minimum(): string[] {
    const { earliest, minimum_days: days, verdict } = this.timing;
    if (earliest) return [this.words.earliest, this.day(earliest)];
    return verdict === null ? [this.words.follow] : [fill(this.words.day, { days: days! })];
  }

  plan(): string[] {
    const { microneedling_date: date, botox_date: botox, days, verdict } = this.timing;
    const what = !date && botox ? this.words.today : this.words.follow;
    const when = date ? this.day(date) : fill(this.words.day, { days: days! });
    return [what, verdict === "too_soon" ? `${when}: ${this.words.too_soon}` : when];
  }

  alternative(isPlanned: boolean): string {
    const { botox_date: botox, earliest, minimum_days: days } = this.timing;
    const w = this.words;
    return [
      w.figure,
      botox ? fill(w.alt_lead_day, { day: this.day(botox) }) : w.alt_lead,
      fill(w.alt_minimum, { days: days! }),
      earliest ? fill(w.alt_earliest, { day: this.day(earliest) }) : isPlanned ? "" : w.alt_follow,
      isPlanned ? this.planned() : "",
    ]
      .filter(Boolean)
      .join(" ");
  }

  private planned(): string {
    const { microneedling_date: date, botox_date: botox, days, verdict } = this.timing;
    const w = this.words;
    const judged = verdict === "too_soon" ? w.verdict_too_soon : w.verdict_past_minimum;
    if (date) return fill(w.alt_planned, { day: this.day(date), days: days!, verdict: judged });
    return fill(botox ? w.alt_today : w.alt_gap, { days: days!, verdict: judged });
  }

  private dayOf(iso: string | null): string[] {
    return iso ? [this.day(iso)] : [];
  }

  private day(iso: string): string {
    return sayDay(iso, this.strings.locale);
  }
}
