// Draws a conversation. Only what changed since the last frame is touched, so that a long answer streams smoothly and an
// opened tool line stays open.

import { markdown } from "./markdown.js";
import { describe, inFull } from "./tools.js";

const CHECK = "M5 12.5l4.500 4.500L19 7.500";
const PAUSE = "M9 6v12M15 6v12";
const CROSS = "M6 6l12 12M18 6L6 18";

export class View {
  #root;
  #runs = new Map();

  constructor(root) {
    this.#root = root;
  }

  /**
   * @param {import("./conversation.js").Conversation} conversation
   * @param {string | null} pending a message that the server has not accepted yet
   */
  draw(conversation, pending) {
    const { runs } = conversation;
    const wanted = runs.map((run) => this.#run(run, conversation.openState(run), run === runs.at(-1)));
    if (pending !== null) wanted.push(pendingRun(pending));
    replaceChildren(this.#root, wanted);
    for (const id of this.#runs.keys()) if (!runs.some((run) => run.id === id)) this.#runs.delete(id);
  }

  #run(run, openState, isLast) {
    let drawn = this.#runs.get(run.id);
    if (!drawn) {
      drawn = { element: create("article", "run"), answer: create("div", "answer"), users: "", items: [] };
      this.#runs.set(run.id, drawn);
    }

    const users = JSON.stringify(run.user);
    if (users !== drawn.users) {
      drawn.users = users;
      drawn.element.replaceChildren(...run.user.map((text) => create("div", "user", text)), drawn.answer);
    }

    drawn.element.dataset.status = run.status;
    drawn.answer.ariaBusy = String(run.status === "running");
    const last = run.items.at(-1);
    drawn.items = run.items.map((item, index) => {
      const old = drawn.items[index]?.kind === item.kind ? drawn.items[index] : { kind: item.kind };
      return item.kind === "text"
        ? drawText(old, item, item === last && run.status === "running")
        : item.kind === "user"
          ? drawUser(old, item)
          : drawTool(old, item, openState);
    });
    const elements = drawn.items.map((item) => item.element);
    if (run.status === "running" && last?.kind !== "text") elements.push(waiting());
    const outcome = outcomeOf(run, isLast);
    if (outcome) elements.push(outcome);
    replaceChildren(drawn.answer, elements);
    return drawn.element;
  }
}

function drawText(drawn, item, isLive) {
  const text = item.pieces.map((piece) => piece.text).join("");
  drawn.element ??= create("div", "text");
  if (drawn.text !== text) {
    drawn.element.replaceChildren(markdown(text));
    drawn.text = text;
  }

  drawn.element.classList.toggle("live", isLive);
  return drawn;
}

// A message that joined the run.
function drawUser(drawn, item) {
  drawn.element ??= create("div", "user");
  if (drawn.element.textContent !== item.text) drawn.element.textContent = item.text;
  return drawn;
}

function drawTool(drawn, item, openState) {
  // Where the run ended and this call did not, nothing of it is running any more.
  const tool =
    item.state !== "running" || openState === "running"
      ? item
      : openState === "waiting"
        ? { ...item, state: "waiting" }
        : { ...item, state: "failed", result: "not finished" };
  const key = `${tool.id} ${tool.state}`;
  if (drawn.key === key) return drawn;
  const { title, detail, outcome } = describe(tool);
  const element = drawn.element ?? create("details", "tool");
  element.dataset.state = tool.state;
  element.dataset.tool = tool.name;
  const summary = create("summary");
  const mark = create("span", "tool-mark");
  if (tool.state === "waiting") mark.append(icon(PAUSE));
  else if (tool.state !== "running") mark.append(icon(tool.state === "done" ? CHECK : CROSS));
  summary.append(
    mark,
    create("span", "tool-name", title),
    create("span", "tool-arguments", detail),
    create("span", "tool-outcome", outcome),
  );
  element.replaceChildren(summary, create("pre", "", inFull(tool)));
  return { kind: "tool", key, element };
}

function outcomeOf(run, isLast) {
  if (run.status === "interrupted") {
    return create("p", "outcome", isLast ? "Stopped. Send a message to go on." : "Stopped.");
  }

  if (run.status === "failed") return create("p", "outcome failed", `The run failed. ${run.error ?? ""}`.trim());
  return null;
}

function pendingRun(text) {
  const run = create("article", "run");
  run.append(create("div", "user pending", text), waiting());
  return run;
}

function waiting() {
  const dots = create("div", "waiting");
  dots.ariaLabel = "Working";
  dots.role = "img";
  dots.append(create("span"), create("span"), create("span"));
  return dots;
}

function icon(path) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(namespace, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Makes an element of a class with a text. */
export function create(name, className = "", text = undefined) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// Keeps elements that are in place already, so that neither a selection nor the screen reader loses its place.
function replaceChildren(parent, wanted) {
  wanted.forEach((element, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
  while (parent.children.length > wanted.length) parent.lastElementChild.remove();
}
