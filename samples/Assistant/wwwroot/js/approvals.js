// The page of waiting approvals: the calls of all sessions that wait for a person, and the buttons that decide.

import { approvalCard } from "./approval-card.js";
import { Away, api } from "./api.js";
import { delay } from "./log.js";
import { create } from "./view.js";

const PAUSE = 2_000;
const DECIDED = { approve: "Approved", deny: "Denied" };

const $ = (id) => document.getElementById(id);
const items = new Map();
const titles = new Map();
let last = "";

async function refresh() {
  try {
    const calls = (await api.approvals()).filter((call) => call.kind !== "client");
    await Promise.all(calls.map(loadTitle));
    draw(calls);
    connection("live");
  } catch (error) {
    if (error instanceof Away) connection("away");
    else notice(error.message);
  }
}

async function loadTitle({ sessionId }) {
  if (titles.has(sessionId)) return;
  try {
    titles.set(sessionId, (await api.session(sessionId)).title ?? sessionId);
  } catch (error) {
    if (error instanceof Away) throw error;
    // It was deleted in the meantime, and so are its calls.
    titles.set(sessionId, sessionId);
  }
}

// A card stays the same element as long as its call waits, so that what is being written in it stays too.
function draw(calls) {
  for (const [id, item] of items) {
    if (!calls.some((call) => call.approvalId === id)) {
      item.remove();
      items.delete(id);
    }
  }

  for (const call of calls) {
    if (items.has(call.approvalId)) continue;
    items.set(call.approvalId, itemOf(call));
    $("list").append(items.get(call.approvalId));
  }

  const count = calls.length === 0 ? "Nothing waits." : calls.length === 1 ? "1 call waits." : `${calls.length} calls wait.`;
  const text = last === "" ? count : `${last} ${count}`;
  if ($("status").textContent !== text) $("status").textContent = text;
  notice(null);
}

function itemOf(call) {
  const item = create("li");
  const card = approvalCard(call, async (answer) => {
    await api.answer(call.approvalId, answer);
    last = `${DECIDED[answer.kind]}.`;
    $("heading").focus();
    await refresh();
  });
  const source = create("p", "approval-source");
  const link = create("a", "", titles.get(call.sessionId));
  link.href = `./#${encodeURIComponent(call.sessionId)}`;
  const time = create("time", "", new Date(call.requestedAt).toLocaleString());
  time.dateTime = call.requestedAt;
  source.append("In ", link, ", asked ", time);
  card.querySelector("h3").after(source);
  item.append(card);
  return item;
}

function connection(state) {
  $("connection").dataset.state = state;
  const words = { live: "Live", away: "Reconnecting…" }[state];
  if ($("connection").textContent !== words) $("connection").textContent = words;
}

function notice(text) {
  $("notice").hidden = text === null;
  $("notice").textContent = text ?? "";
}

for (;;) {
  if (!document.hidden) await refresh();
  await delay(PAUSE);
}
