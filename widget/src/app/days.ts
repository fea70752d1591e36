/** Days as the bot writes them: "Fri 20 Nov". Dates travel as YYYY-MM-DD and mean a day, not a moment. */

export function sayDay(iso: string, locale: string): string {
  const day = new Date(`${iso}T12:00:00Z`);
  const parts = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const found = Object.fromEntries(parts.formatToParts(day).map((part) => [part.type, part.value.replace(/\.$/, "")]));
  return `${found["weekday"]} ${found["day"]} ${found["month"]}`;
}

export function sayTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}
