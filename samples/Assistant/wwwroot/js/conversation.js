// What a session looks like, from two sources that fit together: the messages of runs that ended, and the chunks of the
// run that goes on. No page in here, so that the rules of the log can be read by themselves.

const ENDED = new Set(["completed", "failed", "interrupted"]);
const SUSPENDED = new Set(["suspended_client_tool", "suspended_step_partial"]);

export class Conversation {
  #runs = new Map();

  /** Messages that wait for the run in their way, in their order: `{ id, text, policy }`. */
  queued = [];

  get runs() {
    return [...this.#runs.values()];
  }

  get current() {
    return this.runs.at(-1);
  }

  get isRunning() {
    return this.current?.status === "running";
  }

  /** Whether the run waits for an answer of somebody outside. */
  get isSuspended() {
    return SUSPENDED.has(this.current?.status);
  }

  /** Whether a further message meets a turn that has not ended. */
  get isActive() {
    return this.isRunning || this.isSuspended;
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
    this.queued = records
      .filter((record) => record.status === "queued")
      .map((record) => ({ id: record.runId, text: record.message ?? "", policy: record.doubleTexting }));
    // Messages that wait have no ordinal yet; what was rolled back is not part of the conversation any more.
    const begun = records
      .filter((record) => record.ordinal > 0 && record.reason !== "rolled_back")
      .toSorted((a, b) => a.ordinal - b.ordinal);
    for (const record of begun) {
      const run = this.#run(record.runId);
      const own = messages.filter((message) => message.runId === record.runId);
      const texts = own.filter(isSaid).map((message) => message.content ?? "");
      run.status = record.status;
      run.error = record.error ?? null;
      if (run.followed) {
        setTexts(run, texts);
        continue;
      }

      // A run that was suspended and resumed is over too: what it left is in the messages.
      const isOver = ENDED.has(record.status) || (SUSPENDED.has(record.status) && record !== begun.at(-1));
      const ended = isOver && record.endSequence !== undefined;
      run.covered = ended ? record.endSequence : record.startSequence - 1;
      run.followed = !ended;
      if (ended) Object.assign(run, fromMessages(own, messages));
      else setTexts(run, texts);
    }

    const order = begun.map((record) => record.runId);
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
    // A call that waited got its outcome in the run that resumed the one that made it.
    if (chunk.type === "tool_end" && !run.items.some((item) => item.id === chunk.toolCallId)) this.#endEarlier(run, sequence, chunk);
    return isNew ? "unknown-run" : ended ? "ended" : "known";
  }

  #endEarlier(run, sequence, chunk) {
    const runs = this.runs;
    const earlier = runs
      .slice(0, runs.indexOf(run))
      .findLast((other) => SUSPENDED.has(other.status) && other.items.some((item) => item.id === chunk.toolCallId));
    if (earlier) endTool(earlier, sequence, chunk);
  }

  /**
   * How a call that has no outcome is to be shown: of a run that was suspended it is still open as long as its turn is.
   * @returns {"running" | "waiting" | "failed"}
   */
  openState(run) {
    if (run.status === "running") return "running";
    if (!SUSPENDED.has(run.status)) return "failed";
    return this.isRunning ? "running" : this.isSuspended ? "waiting" : "failed";
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
    case "suspended":
      run.status = chunk.kind;
      return true;
    case "run_steered":
      // Its text comes with the messages.
      run.items.push({ kind: "user", text: "", sequence });
      return true;
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

  if (item.kind === "user") return item;
  if (item.sequence >= fromSequence) return null;
  return item.endSequence >= fromSequence
    ? { ...item, state: "running", result: undefined, endSequence: undefined }
    : item;
}

function isSaid(message) {
  return message.role === "user" && !message.hidden;
}

// What joined a run that is followed stands where the log says so; the rest is what the run began with.
function setTexts(run, texts) {
  const joined = run.items.filter((item) => item.kind === "user");
  const first = Math.max(0, texts.length - joined.length);
  run.user = texts.slice(0, first);
  joined.forEach((item, index) => (item.text = texts[first + index] ?? ""));
}

function fromMessages(own, all) {
  const user = [];
  const items = [];
  for (const message of own) {
    if (isSaid(message)) {
      if (items.length === 0) user.push(message.content ?? "");
      else items.push({ kind: "user", text: message.content ?? "", sequence: 0 });
    } else if (message.role === "assistant") {
      if (message.content) items.push({ kind: "text", pieces: [{ sequence: 0, text: message.content }] });
      for (const call of message.toolCalls ?? []) {
        items.push({ kind: "tool", id: call.id, name: call.name, arguments: call.arguments, ...outcome(call, message, all) });
      }
    }
  }

  return { user, items };
}

// The result may be a message of the run that resumed this one.
function outcome(call, asked, messages) {
  const result = messages
    .slice(messages.indexOf(asked) + 1)
    .find((message) => message.role === "tool" && message.toolCallId === call.id);
  return result
    ? { state: result.isError ? "failed" : "done", result: read(result.content) }
    : { state: "running" };
}

function read(content) {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}
