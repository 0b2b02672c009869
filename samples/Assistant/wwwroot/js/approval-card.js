// A call that waits for a person: what it would do, and the buttons that decide. The same card stands in a conversation
// and on the page of all approvals.

import { describe } from "./tools.js";
import { create } from "./view.js";

let cards = 0;

/**
 * @param {object} call the server's row
 * @param {(answer: object) => Promise<void>} answer submits an answer; what it throws is shown
 * @returns {HTMLElement}
 */
export function approvalCard(call, answer) {
  const id = `call-${++cards}`;
  const card = create("article", "approval");
  card.dataset.tool = call.toolName;
  card.dataset.approval = call.approvalId;
  card.setAttribute("aria-labelledby", id);
  const title = describe({ name: call.toolName, arguments: call.arguments, state: "waiting" }).title;
  const heading = create("h3", "", `${title}?`);
  heading.id = id;
  const error = create("p", "approval-error");
  error.role = "alert";
  error.hidden = true;
  const buttons = create("div", "approval-buttons");
  const approve = button("Approve", "primary");
  const edit = button("Edit…");
  const deny = button("Deny…", "danger");
  const forms = [
    denyForm(id, (reason) => submit({ kind: "deny", ...(reason && { reason }) })),
    editForm(id, call, (edited) => submit({ kind: "approve", arguments: edited }), fail),
  ];
  const [denying, editing] = forms;

  async function submit(body) {
    const focused = document.activeElement;
    fail(null);
    setDisabled(true);
    try {
      await answer(body);
    } catch (problem) {
      fail(problem.message);
      setDisabled(false);
      // A control that is disabled loses the focus.
      if (card.contains(focused)) focused.focus();
    }
  }

  function fail(message) {
    error.hidden = message === null;
    error.textContent = message ?? "";
  }

  function setDisabled(disabled) {
    for (const control of card.querySelectorAll("button, textarea")) control.disabled = disabled;
  }

  function open(form, opener) {
    fail(null);
    buttons.hidden = form !== null;
    for (const each of forms) each.hidden = each !== form;
    if (!form) {
      opener.focus();
      return;
    }

    form.querySelector("textarea").focus();
    form.scrollIntoView({ block: "nearest" });
  }

  approve.addEventListener("click", () => submit({ kind: "approve" }));
  edit.addEventListener("click", () => open(editing));
  deny.addEventListener("click", () => open(denying));
  denying.addEventListener("reset", () => open(null, deny));
  editing.addEventListener("reset", () => open(null, edit));
  for (const form of forms) {
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") form.reset();
    });
  }

  buttons.append(approve, edit, deny);
  card.append(heading, argumentList(call), error, buttons, ...forms);
  return card;
}

function argumentList(call) {
  if (call.arguments === undefined) return create("p", "approval-note", "Its arguments are not shown in lists.");
  const list = create("dl", "approval-arguments");
  const entries = Object.entries(call.arguments ?? {});
  for (const [name, value] of entries) {
    list.append(create("dt", "", name), create("dd", "", typeof value === "string" ? value : JSON.stringify(value, null, 2)));
  }

  return entries.length > 0 ? list : create("p", "approval-note", "Without arguments.");
}

function denyForm(id, submit) {
  const { form, field } = formOf(`${id}-reason`, "Reason, told to the assistant", "Deny", "danger");
  field.rows = 2;
  field.maxLength = 2_000;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(field.value.trim());
  });
  return form;
}

function editForm(id, call, submit, fail) {
  const { form, field } = formOf(`${id}-arguments`, "Arguments, JSON", "Approve with these", "primary");
  const original = JSON.stringify(call.arguments ?? {}, null, 2);
  field.className = "code";
  field.spellcheck = false;
  field.defaultValue = original;
  field.rows = Math.min(12, original.split("\n").length + 2);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const edited = parse(field.value, fail);
    field.setAttribute("aria-invalid", String(edited === undefined));
    if (edited === undefined) field.focus();
    else submit(edited);
  });
  return form;
}

// Whether they fit the tool is the server's to say; that they are an object at all is said here.
function parse(text, fail) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    fail(`This is not JSON: ${error.message}`);
    return undefined;
  }

  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    fail("Arguments are an object: { … }.");
    return undefined;
  }

  return value;
}

function formOf(id, label, verb, look) {
  const form = create("form", "approval-form");
  form.hidden = true;
  const name = create("label", "", label);
  name.htmlFor = id;
  const field = create("textarea");
  field.id = id;
  const row = create("div", "approval-buttons");
  const submit = button(verb, look);
  submit.type = "submit";
  const cancel = button("Cancel");
  cancel.type = "reset";
  row.append(submit, cancel);
  form.append(name, field, row);
  return { form, field };
}

function button(text, look = "") {
  const created = create("button", look, text);
  created.type = "button";
  return created;
}
