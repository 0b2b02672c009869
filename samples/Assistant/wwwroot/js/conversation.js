// What a session looks like, from two sources that fit together: the messages of runs that ended, and the chunks of the
// run that goes on. No page in here, so that the rules of the log can be read by themselves.

const ENDED = new Set(["completed", "failed", "interrupted"]);

export class Conversation {
  #runs = new Map();

  get runs() {
    return [...this.#runs.values()];
  }

  get current() {
    return this.runs.at(-1);
  }

  get isRunning() {
    return this.current?.status === "running";
  }

  /** The number after which the log is to be read: whatever comes before it is in the messages. */
  get cursor() {
    return Math.max(0, ...this.runs.map((run) => run.covered));
  }

  /**
   * Takes the server's runs and messages. A run that was followed through its chunks keeps them; a run that ended is
   * built from its messages.
   */
  load(records, messages) {
    for (const record of records.toSorted((a, b) => a.ordinal - b.ordinal)) {
      const run = this.#run(record.runId);
      const own = messages.filter((message) => message.runId === record.runId);
      run.user = own.filter((message) => message.role === "user" && !message.hidden).map((message) => message.content ?? "");
      run.status = record.status;
      run.error = record.error ?? null;
      if (run.followed) continue;
      const ended = ENDED.has(record.status) && record.endSequence !== undefined;
      run.covered = ended ? record.endSequence : record.startSequence - 1;
      run.items = ended ? fromMessages(own) : [];
      run.followed = !ended;
    }

    const order = records.map((record) => record.runId);
    this.#runs = new Map([...this.#runs].sort(([a], [b]) => place(order, a) - place(order, b)));
  }

  /**
   * Takes a chunk.
   * @returns {"known" | "unknown-run" | "ended" | "resync"} what the page has to do about it
   */
  apply(sequence, chunk) {
    if (chunk.type === "stream_resync") return "resync";
    const isNew = !this.#runs.has(chunk.agentId);
    const run = this.#run(chunk.agentId);
    if (isNew) {
      run.status = "running";
      run.followed = true;
    }

    if (sequence <= run.covered) return "known";
    run.covered = sequence;
    const ended = add(run, sequence, chunk);
    return isNew ? "unknown-run" : ended ? "ended" : "known";
  }

  #run(id) {
    let run = this.#runs.get(id);
    if (!run) {
      run = { id, status: "running", error: null, user: [], items: [], covered: 0, followed: false };
      this.#runs.set(id, run);
    }

    return run;
  }
}

function place(order, id) {
  const index = order.indexOf(id);
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
}

function add(run, sequence, chunk) {
  switch (chunk.type) {
    case "text_delta":
      addText(run, sequence, chunk);
      return false;
    case "tool_start":
      run.items.push({
        kind: "tool",
        id: chunk.toolCallId,
        name: chunk.toolName,
        arguments: chunk.arguments,
        step: chunk.step,
        sequence,
        state: "running",
      });
      return false;
    case "tool_end":
      endTool(run, sequence, chunk);
      return false;
    case "step_discarded":
      run.items = run.items.map((item) => without(item, chunk)).filter((item) => item !== null);
      return false;
    case "error":
      run.error = chunk.message;
      if (!chunk.recoverable) run.status = "failed";
      return !chunk.recoverable;
    case "run_interrupted":
      run.status = "interrupted";
      return true;
    case "output":
      return true;
    default:
      // Chunk types that are not shown, or that are newer than this page.
      return false;
  }
}

function addText(run, sequence, chunk) {
  const last = run.items.at(-1);
  if (last?.kind === "text" && last.step === chunk.step) {
    last.pieces.push({ sequence, text: chunk.delta });
  } else {
    run.items.push({ kind: "text", step: chunk.step, pieces: [{ sequence, text: chunk.delta }] });
  }
}

function endTool(run, sequence, chunk) {
  const tool = run.items.findLast((item) => item.kind === "tool" && item.id === chunk.toolCallId);
  if (!tool) return;
  tool.state = chunk.success ? "done" : "failed";
  tool.result = chunk.success ? chunk.result : chunk.error;
  tool.endSequence = sequence;
}

// A step that was broken off is void from a number on, and will come anew; what came before that number stays.
function without(item, { step, fromSequence }) {
  if (item.step !== step) return item;
  if (item.kind === "text") {
    const pieces = item.pieces.filter((piece) => piece.sequence < fromSequence);
    return pieces.length > 0 ? { ...item, pieces } : null;
  }

  if (item.sequence >= fromSequence) return null;
  return item.endSequence >= fromSequence
    ? { ...item, state: "running", result: undefined, endSequence: undefined }
    : item;
}

function fromMessages(messages) {
  const items = [];
  for (const message of messages) {
    if (message.role === "assistant") {
      if (message.content) items.push({ kind: "text", pieces: [{ sequence: 0, text: message.content }] });
      for (const call of message.toolCalls ?? []) {
        items.push({ kind: "tool", id: call.id, name: call.name, arguments: call.arguments, state: "running" });
      }
    } else if (message.role === "tool") {
      const tool = items.findLast((item) => item.kind === "tool" && item.id === message.toolCallId);
      if (tool) Object.assign(tool, { state: message.isError ? "failed" : "done", result: read(message.content) });
    }
  }

  return items;
}

function read(content) {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}
