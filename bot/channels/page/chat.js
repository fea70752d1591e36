// The demo page's chat: talks to the website channel's API, and shows text as text, never as markup.
"use strict";

const API = "/webhooks/website";
const byId = (id) => document.getElementById(id);
const log = byId("log");
let queue = Promise.resolve();

function add(parent, tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  parent.append(element);
  return element;
}

function showUser(text) {
  add(log, "p", "user", text);
}

function showBot(message) {
  if (message.text) add(log, "p", "bot", message.text);
  if (!message.buttons.length) return;
  const row = add(log, "div", "offers", "");
  for (const button of message.buttons) {
    add(row, "button", "offer", button.title).addEventListener("click", () => {
      row.remove();
      send({ payload: button.payload }, button.title);
    });
  }
}

function showSources(sources) {
  for (const source of sources) add(log, "blockquote", "", `${source.heading}: “${source.quote}”`);
}

function scrollDown() {
  log.scrollTop = log.scrollHeight;
}

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

async function call(path, method, body) {
  const headers = { "Content-Type": "application/json" };
  const token = sessionStorage.getItem("tandem-token");
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(API + path, { method, headers, body: body && JSON.stringify(body) });
  if (response.status === 429) {
    await pause(Number(response.headers.get("Retry-After")) || 1);
    return call(path, method, body);
  }
  return response;
}

async function openSession() {
  sessionStorage.removeItem("tandem-token");
  const response = await call("/session", "POST");
  if (!response.ok) throw new Error((await response.json()).error);
  sessionStorage.setItem("tandem-token", (await response.json()).token);
}

async function ask(message) {
  if (!sessionStorage.getItem("tandem-token")) await openSession();
  const response = await call("/messages", "POST", message);
  if (response.status === 401) {
    await openSession();
    return ask(message);
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

// crypto.randomUUID needs a secure page; a clinic tries this on plain http in its own network too.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function send(message, shown) {
  showUser(shown);
  scrollDown();
  const withId = { id: newId(), ...message };
  queue = queue.then(() => deliver(withId));
}

async function deliver(message) {
  byId("problem").textContent = "";
  byId("status").textContent = "Answering…";
  try {
    const answer = await ask(message);
    answer.messages.forEach(showBot);
    showSources(answer.sources);
  } catch (error) {
    byId("problem").textContent =
      error instanceof TypeError ? "The chat cannot be reached right now. Please try again." : error.message;
  }
  byId("status").textContent = "";
  scrollDown();
}

async function restore() {
  if (!sessionStorage.getItem("tandem-token")) return;
  const response = await call("/messages", "GET");
  if (!response.ok) return sessionStorage.removeItem("tandem-token");
  for (const message of (await response.json()).messages) {
    message.from === "user" ? showUser(message.text) : showBot(message);
  }
  scrollDown();
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("text").value;
  if (!text.trim()) return;
  byId("text").value = "";
  send({ text }, text);
});

byId("end").addEventListener("click", async () => {
  if (sessionStorage.getItem("tandem-token")) await call("/session", "DELETE");
  sessionStorage.removeItem("tandem-token");
  log.replaceChildren();
  byId("text").focus();
});

restore().catch(() => {});
