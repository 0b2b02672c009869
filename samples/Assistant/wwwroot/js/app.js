// The page: which session is shown, the list of sessions, and what the buttons do.

import { approvalCard } from "./approval-card.js";
import { api } from "./api.js";
import { Session, newId } from "./session.js";
import { View, create } from "./view.js";

const SUGGESTIONS = [
  "What happens when the process is killed in the middle of an answer?",
  "Does closing the tab stop a run, and what does interrupt do?",
  "Where do I put the state of a session and what is the idempotency key of a tool?",
  "Note that I want to read the guide on cancellation",
  "Send a mail to ann@example.org saying the ferry is late",
  "What time is it here?",
];
const LIST_PAUSE = 4_000;
// Nearer to the end than this counts as being at the end.
const NEAR_END = 80;

const $ = (id) => document.getElementById(id);
const view = new View($("conversation"));
let session = null;
let sessions = [];
let waiting = [];
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
    drawApprovals();
    drawQueue();
    drawState();
    drawSessions();
  });
}

function drawConversation() {
  const { runs, isActive } = session.conversation;
  // What waits in line is shown there; else it may be accepted already, with the request's answer still under way.
  const isShown = isActive && runs.at(-1).user.includes(session.pending);
  view.draw(session.conversation, isShown || isActive ? null : session.pending);
  $("welcome").hidden = !session.loaded || runs.length > 0 || session.pending !== null;
  if (atEnd) toEnd();
  $("to-end").hidden = atEnd;
}

function drawState() {
  const { isActive, isSuspended } = session.conversation;
  $("stop").hidden = !session.isBusy;
  $("stop").disabled = !isActive;
  $("send").disabled = session.pending !== null || $("message").value.trim() === "";
  $("policy-choice").hidden = !isActive;
  announce(isSuspended && session.approvals.length > 0 ? "The assistant waits for your decision." : "");
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

const cards = new Map();

// A card stays the same element as long as its call waits, so that what is being written in it stays too.
function drawApprovals() {
  const wanted = session.approvals.map((call) => {
    const known = cards.get(call.approvalId);
    if (known?.session === session) return known.element;
    const shown = session;
    const element = approvalCard(call, async (answer) => {
      await shown.answer(call.approvalId, answer);
      if (session === shown) $("message").focus();
      list();
    });
    cards.set(call.approvalId, { session, element });
    return element;
  });
  for (const [id, { element }] of cards) if (!wanted.includes(element)) cards.delete(id);
  $("approvals").hidden = wanted.length === 0;
  setChildren($("approvals"), wanted);
  if (atEnd) toEnd();
}

const queueItems = new Map();
const POLICY = { enqueue: "waits", steer: "joins the answer", interrupt: "stops the answer", rollback: "replaces the answer" };

function drawQueue() {
  const { queued, isActive } = session.conversation;
  const items = queued.map((message) => {
    const item = queueItems.get(message.id) ?? queueItem(session, message);
    queueItems.set(message.id, item);
    return item;
  });
  for (const id of queueItems.keys()) if (!queued.some((message) => message.id === id)) queueItems.delete(id);
  const isQueued = queued.some((message) => message.text === session.pending);
  if (session.pending !== null && isActive && !isQueued) items.push(queueLine(session.pending, "sending"));
  $("queue").hidden = items.length === 0;
  setChildren($("queue").querySelector("ul"), items);
}

function queueItem(owner, { id, text, policy }) {
  const item = queueLine(text, POLICY[policy] ?? policy ?? "waits");
  const cancel = create("button", "", "Cancel");
  cancel.type = "button";
  cancel.ariaLabel = `Cancel “${text}”`;
  cancel.addEventListener("click", () => {
    cancel.disabled = true;
    owner.withdraw(id).finally(() => {
      cancel.disabled = false;
      $("message").focus();
    });
  });
  item.append(cancel);
  return item;
}

function queueLine(text, state) {
  const item = create("li");
  item.append(create("span", "queue-text", text), create("span", "queue-state", state));
  return item;
}

function announce(text) {
  setText($("announcement"), text);
}

const listed = new Map();

function drawSessions() {
  const items = sessions.map((known) => {
    const item = listed.get(known.sessionId) ?? sessionItem(known.sessionId);
    listed.set(known.sessionId, item);
    const current = known.sessionId === session.id;
    const own = current && session.conversation.current ? session.conversation.current.status : known.status;
    const isWaiting = waiting.some((call) => call.sessionId === known.sessionId);
    const status = isWaiting && (own === "active" || own.startsWith("suspended")) ? "waiting" : own;
    item.classList.toggle("current", current);
    item.querySelector(".session-open").ariaCurrent = current ? "page" : null;
    setText(item.querySelector(".session-title"), known.title || known.sessionId);
    setText(item.querySelector(".session-status"), STATUS[status] ?? status);
    item.querySelector(".session-status").dataset.status = status === "active" ? "running" : status;
    return item;
  });
  setChildren($("sessions"), items);
  $("approval-count").hidden = waiting.length === 0;
  setText($("approval-count"), String(waiting.length));
}

function setChildren(parent, wanted) {
  if (wanted.length !== parent.children.length || wanted.some((child, index) => parent.children[index] !== child)) {
    parent.replaceChildren(...wanted);
  }
}

const STATUS = {
  active: "answering",
  running: "answering",
  suspended_client_tool: "answering",
  suspended_step_partial: "answering",
  waiting: "waits for you",
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
    waiting = (await api.approvals()).filter((call) => call.kind !== "client");
    draw();
  } catch {
    // The connection of the shown session tells when the server is away; the list comes with the next round.
  }
}

function send(text) {
  const message = text.trim();
  if (message === "" || session.pending !== null) return;
  const sent = session;
  // Whoever sees a free session may be wrong a moment later; then the message waits.
  const policy = sent.conversation.isActive ? $("policy").value : "enqueue";
  $("message").value = "";
  resize();
  atEnd = true;
  sent.send(message, policy).then((accepted) => {
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
