// The page: which session is shown, the list of sessions, and what the buttons do.

import { api } from "./api.js";
import { Session, newId } from "./session.js";
import { View, create } from "./view.js";

const SUGGESTIONS = [
  "What happens when the process is killed in the middle of an answer?",
  "Does closing the tab stop a run, and what does interrupt do?",
  "Where do I put the state of a session and what is the idempotency key of a tool?",
  "Note that I want to read the guide on cancellation",
];
const LIST_PAUSE = 4_000;
// Nearer to the end than this counts as being at the end.
const NEAR_END = 80;

const $ = (id) => document.getElementById(id);
const view = new View($("conversation"));
let session = null;
let sessions = [];
let drawing = false;
let atEnd = true;

// A session that has no message yet exists on this page only, so its id is not in the address either.
function show(id) {
  session?.close();
  session = new Session(id ?? `s-${newId().slice(0, 12)}`, draw);
  atEnd = true;
  if (id) session.open();
  else session.begin();
  draw();
  closeSidebar();
}

function go(id) {
  history.pushState(null, "", id ? `#${id}` : location.pathname + location.search);
  show(id);
}

// Many chunks may come between two frames.
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawConversation();
    drawState();
    drawSessions();
  });
}

function drawConversation() {
  const { runs } = session.conversation;
  // Accepted already, and the request's answer is still under way.
  const isShown = runs.at(-1)?.status === "running" && runs.at(-1).user.includes(session.pending);
  view.draw(runs, isShown ? null : session.pending);
  $("welcome").hidden = !session.loaded || runs.length > 0 || session.pending !== null;
  if (atEnd) toEnd();
  $("to-end").hidden = atEnd;
}

function drawState() {
  const busy = session.isBusy;
  $("send").hidden = busy;
  $("stop").hidden = !busy;
  $("stop").disabled = !session.conversation.isRunning;
  $("send").disabled = $("message").value.trim() === "";
  $("notice").hidden = session.error === null;
  $("notice").textContent = session.error ?? "";
  const connection = $("connection");
  connection.dataset.state = session.connection;
  const words = { idle: "", live: "Live", away: "Reconnecting…" }[session.connection];
  if (connection.textContent !== words) connection.textContent = words;
  const title = sessions.find((known) => known.sessionId === session.id)?.title;
  $("title").textContent = title ?? session.conversation.runs[0]?.user[0] ?? session.pending ?? "New session";
  document.title = `${$("title").textContent} · Assistant`;
}

const listed = new Map();

function drawSessions() {
  const items = sessions.map((known) => {
    const item = listed.get(known.sessionId) ?? sessionItem(known.sessionId);
    listed.set(known.sessionId, item);
    const current = known.sessionId === session.id;
    const status = current && session.conversation.current ? session.conversation.current.status : known.status;
    item.classList.toggle("current", current);
    item.querySelector(".session-open").ariaCurrent = current ? "page" : null;
    setText(item.querySelector(".session-title"), known.title || known.sessionId);
    setText(item.querySelector(".session-status"), STATUS[status] ?? status);
    item.querySelector(".session-status").dataset.status = status === "active" ? "running" : status;
    return item;
  });
  const list = $("sessions");
  if (items.length !== list.children.length || items.some((item, index) => list.children[index] !== item)) {
    list.replaceChildren(...items);
  }
}

const STATUS = {
  active: "answering",
  running: "answering",
  completed: "done",
  interrupted: "stopped",
  failed: "failed",
};

function sessionItem(id) {
  const item = create("li", "session");
  const open = create("button", "session-open");
  open.type = "button";
  open.append(create("span", "session-title"), create("span", "session-status"));
  open.addEventListener("click", () => go(id));
  const remove = create("button", "session-delete");
  remove.type = "button";
  remove.ariaLabel = "Delete this session";
  remove.innerHTML =
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13" /></svg>';
  remove.addEventListener("click", () => removeSession(id));
  item.append(open, remove);
  return item;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function removeSession(id) {
  const title = sessions.find((known) => known.sessionId === id)?.title ?? id;
  if (!confirm(`Delete “${title}” for good?`)) return;
  try {
    await api.remove(id);
    sessions = sessions.filter((known) => known.sessionId !== id);
    if (session.id === id) go(null);
  } catch (error) {
    session.error = error.message;
  }

  draw();
}

async function list() {
  try {
    sessions = await api.sessions();
    draw();
  } catch {
    // The connection of the shown session tells when the server is away; the list comes with the next round.
  }
}

function send(text) {
  const message = text.trim();
  if (message === "" || session.isBusy) return;
  const sent = session;
  $("message").value = "";
  resize();
  atEnd = true;
  sent.send(message).then((accepted) => {
    if (accepted && session === sent && location.hash !== `#${sent.id}`) history.replaceState(null, "", `#${sent.id}`);
    if (!accepted && session === sent && $("message").value === "") {
      $("message").value = message;
      resize();
    }

    list();
  });
}

function resize() {
  const field = $("message");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
}

function toEnd() {
  const scroll = $("scroll");
  scroll.scrollTop = scroll.scrollHeight;
}

function closeSidebar() {
  $("sidebar").classList.remove("open");
  $("shade").hidden = true;
  $("open-sessions").ariaExpanded = "false";
}

$("open-sessions").addEventListener("click", () => {
  $("sidebar").classList.add("open");
  $("shade").hidden = false;
  $("open-sessions").ariaExpanded = "true";
  $("close-sessions").focus();
});
$("close-sessions").addEventListener("click", closeSidebar);
$("shade").addEventListener("click", closeSidebar);
$("new-session").addEventListener("click", () => {
  go(null);
  $("message").focus();
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send($("message").value);
});
$("message").addEventListener("input", () => {
  resize();
  drawState();
});
$("message").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send($("message").value);
  }
});
$("stop").addEventListener("click", () => session.stop());
$("to-end").addEventListener("click", () => {
  atEnd = true;
  toEnd();
});
$("scroll").addEventListener("scroll", () => {
  const { scrollTop, scrollHeight, clientHeight } = $("scroll");
  atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
  $("to-end").hidden = atEnd;
});
addEventListener("popstate", () => show(location.hash.slice(1) || null));
addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSidebar();
});

for (const text of SUGGESTIONS) {
  const button = create("button", "", text);
  button.type = "button";
  button.addEventListener("click", () => send(text));
  $("suggestions").append(button);
}

show(location.hash.slice(1) || null);
list();
setInterval(() => {
  if (!document.hidden) list();
}, LIST_PAUSE);
