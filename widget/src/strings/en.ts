/** Every word that the widget says by itself, in English. Words in braces are filled in. */

export const launcher = {
  landmark: "Chat with {name}",
  open: "Open the chat with {name}",
  close: "Close the chat with {name}",
  unread_one: "1 new message",
  unread_many: "{count} new messages",
  someone: "the clinic",
  teaser: "Questions about Botox or microneedling?",
  dismiss: "Dismiss",
};

export const chat = {
  title: "{name}",
  subtitle: "Automated assistant",
  someone: "The clinic",

  greeting:
    "Hello! I'm {name}'s automated assistant. I can tell you what one article says about Botox and microneedling: " +
    "which goes first, how long to wait, and why. It is general information, not medical advice.",
  greeting_someone: "the clinic",
  suggestions_label: "Suggested questions",
  suggestions: [
    "Which goes first?",
    "How long do I wait after Botox?",
    "Can I have both on the same day?",
    "Check my dates",
  ],
  replies_label: "Suggested replies",
  offer_label: "A person",

  rating: "Was this helpful?",
  helpful: "Helpful",
  not_helpful: "Not helpful",
  rated: "Thank you. It helps the clinic to make this better.",

  log: "Conversation",
  from_user: "You",
  from_bot: "Assistant",
  answering: "Answering…",
  waiting: "One moment: many messages at once…",
  not_sent: "Not sent",
  input: "Your question",
  placeholder: "Type your question",
  send: "Send",
  too_long: "This is too long to send: please shorten it to {most} characters.",
  emergency_line: "In an emergency, call 911.",
  call: "Call {number}",
  privacy: "What you write is stored for a while, so that the chat can go on.",
  privacy_link: "How it is handled",

  problem_offline: "Your message could not be sent: no connection. It is kept here.",
  problem_failed: "Your message could not be answered just now. It is kept here.",
  problem_history: "The conversation so far could not be loaded.",
  problem_end: "The chat could not be ended: no connection. Please try again.",
  problem_refused: "This message could not be taken. Please change it and try again.",
  retry: "Try again",

  source: "Source",
  sources: "What the article says",
  timeline: {
    figure: "Timeline.",
    lead: "Botox",
    follow: "Microneedling",
    today: "Today",
    minimum: "at least {days} days",
    earliest: "Earliest",
    day: "Day {days}",
    too_soon: "too soon",
    alt_lead_day: "Botox on {day}.",
    alt_lead: "Botox first.",
    alt_minimum: "Then the article's minimum: at least {days} days.",
    alt_earliest: "Earliest day for microneedling: {day}.",
    alt_follow: "Then microneedling.",
    alt_planned: "Microneedling planned on {day}, {days} days after Botox: {verdict}.",
    alt_gap: "Microneedling planned {days} days after Botox: {verdict}.",
    alt_today: "Today is {days} days after Botox: {verdict}.",
    verdict_too_soon: "sooner than the article's minimum",
    verdict_past_minimum: "past the article's minimum",
  },

  form_label: "Your details",
  form_errors: "Please check the fields marked below.",
  form_required: "Please fill this in.",
  form_one_of: "Please fill in one of these.",
  form_optional: "optional",
  form_submit: "Send",
  form_sent: "Details sent",
  form_no_day: "The calendar has no such day.",
  dates: {
    title: "Check your dates",
    note: "If you don't know one of the days yet, leave it empty.",
    of: { botox: "Botox", microneedling: "Microneedling" },
    submit: "Check the dates",
  },
  kept: {
    name: "(your name)",
    phone: "(your phone number)",
    email: "(your e-mail)",
    time: "(your time)",
    note: "(your note)",
    other: "(not shown)",
  },

  options: "Options",
  close: "Close the chat",
  download: "Download the conversation",
  copy: "Copy the conversation",
  copied: "The conversation was copied.",
  not_copied: "The conversation could not be copied; you can download it instead.",
  end: "End the chat",
  end_question: "End this chat?",
  end_explained: "It disappears from this page and cannot be continued. Download it first if you want to keep it.",
  end_yes: "End the chat",
  end_no: "Keep it",
  ended: "The chat has ended.",
  expired: "The earlier chat was over, so a new one has started.",
  start_over: "Start a new chat",

  file_name: "conversation",
  file_title: "Chat with {name}, {day}",
  file_note: "General information from an automated assistant, not medical advice.",

  /** The language's own name, and how it is asked for in the chat. */
  name: "English",
  ask_for_it: "In English, please",
  locale: "en-CA",
};

export type LauncherStrings = typeof launcher;
export type ChatStrings = typeof chat;
