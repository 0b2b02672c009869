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

// Runs come in pages by cursor, messages in pages by offset.
async function allRuns(id, signal) {
  const runs = [];
  let cursor = "";
  do {
    const page = await call(`${session(id)}/runs?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { signal });
    runs.push(...page.runs);
    cursor = page.nextCursor ?? "";
  } while (cursor);
  return runs;
}

async function allApprovals(filter, signal) {
  const approvals = [];
  let cursor = "";
  do {
    const page = await call(`approvals?limit=100${filter}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { signal });
    approvals.push(...page.approvals);
    cursor = page.nextCursor ?? "";
  } while (cursor);
  return approvals;
}

async function allMessages(id, signal) {
  const messages = [];
  let hasMore;
  do {
    const page = await call(`${session(id)}/messages?limit=100&offset=${messages.length}`, { signal });
    messages.push(...page.messages);
    hasMore = page.hasMore && page.messages.length > 0;
  } while (hasMore);
  return messages;
}

export const api = {
  sessions: async () => (await call("sessions?limit=50")).sessions,
  runs: allRuns,
  messages: allMessages,
  session: (id) => call(session(id)),
  /** Calls that wait for somebody, of one session or of all. */
  approvals: (id, signal) => allApprovals(id === undefined ? "" : `&sessionId=${encodeURIComponent(id)}`, signal),
  answer: (approvalId, answer) => post(`approvals/${encodeURIComponent(approvalId)}`, answer),
  start: (id, message, requestId, doubleTexting) =>
    post(`${session(id)}/start`, {
      agentType: "assistant",
      sessionId: id,
      requestId,
      doubleTexting,
      input: { message },
    }),
  /** Takes a message back that waits. */
  withdraw: (id, runId) => post(`${session(id)}/interrupt`, { runId, reason: "withdrawn by the user" }),
  interrupt: (id) => post(`${session(id)}/interrupt`, { reason: "stopped by the user" }),
  remove: (id) => call(session(id), { method: "DELETE" }),
  stream: (id, fromSequence) => `${session(id)}/sse?follow=true&fromSequence=${fromSequence}`,
};
