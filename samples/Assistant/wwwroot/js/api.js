// The server's HTTP surface, as docs/protocols/sessions-http.md describes it.

/** An answer of the server that says no: a problem document (RFC 9457). */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `The server answered ${status}.`);
    this.status = status;
  }
}

/** The server did not answer, or not with sense: worth trying again. */
export class Away extends Error {}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { accept: "application/json", ...options.headers } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Away("The server does not answer.");
  }

  if (response.status === 502 || response.status === 503 || response.status === 504) {
    throw new Away("The server is not ready.");
  }

  let body = null;
  try {
    const text = await response.text();
    body = text === "" ? null : JSON.parse(text);
  } catch {
    if (response.ok) throw new Away("The server's answer broke off.");
  }

  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

const session = (id) => `sessions/${encodeURIComponent(id)}`;

const post = (path, body) =>
  call(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

// Lists come in pages.
async function all(path, signal) {
  const items = [];
  let next = "";
  do {
    const joint = path.includes("?") ? "&" : "?";
    const page = await call(next ? `${path}${joint}cursor=${encodeURIComponent(next)}` : path, { signal });
    items.push(...page.items);
    next = page.nextCursor ?? "";
  } while (next);
  return items;
}

export const api = {
  sessions: async (signal) => (await call("sessions?limit=50", { signal })).items,
  runs: (id, signal) => all(`${session(id)}/runs`, signal),
  messages: (id, signal) => all(`${session(id)}/messages`, signal),
  start: (id, message, requestId) =>
    post(`${session(id)}/start`, { agentType: "assistant", sessionId: id, requestId, input: { message } }),
  interrupt: (id) => post(`${session(id)}/interrupt`, { reason: "stopped by the user" }),
  remove: (id) => call(session(id), { method: "DELETE" }),
  stream: (id, fromSequence) => `${session(id)}/sse?follow=true&fromSequence=${fromSequence}`,
};
