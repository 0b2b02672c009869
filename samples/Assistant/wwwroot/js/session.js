// One session in this page: loads it, follows it, sends to it, and goes on by itself when the server was away.

import { Away, Refused, api } from "./api.js";
import { runInPage } from "./client-tools.js";
import { Conversation } from "./conversation.js";
import { delay, follow } from "./log.js";

const RETRY = 1_000;
// Notifications may be lost with the process that would have sent them; while a run goes on its record is asked too.
const CHECK = 5_000;

export class Session {
  #abort = new AbortController();
  #changed;
  #refreshing = null;
  #following = false;
  #executed = new Set();

  /** @param {() => void} changed told after every change of what is shown */
  constructor(id, changed) {
    this.id = id;
    this.#changed = changed;
    this.conversation = new Conversation();
    this.connection = "idle";
    this.pending = null;
    /** Calls that wait for a person, as the server has them. */
    this.approvals = [];
    this.error = null;
    this.loaded = false;
    this.#check();
  }

  /** Whether a further message finds the session busy. */
  get isBusy() {
    return this.pending !== null || this.conversation.isActive;
  }

  /** Shows the session as new: the server does not know it before the first message. */
  begin() {
    this.loaded = true;
    this.#changed();
  }

  /** Shows a session of the server's and follows it until it is closed. */
  async open() {
    while (!this.#ended) {
      try {
        await this.#load();
        if (this.#ended || this.conversation.runs.length === 0) return;
        await this.#follow();
      } catch (error) {
        if (this.#ended) return;
        if (error instanceof Refused) {
          this.loaded = true;
          this.#connection("idle");
          this.#fail(error.status === 404 || error.status === 410 ? "This session is not there any more." : error.message);
          return;
        }

        this.#connection("away");
        await delay(RETRY, this.#abort.signal);
      }
    }
  }

  close() {
    this.#abort.abort();
  }

  /**
   * Sends a message. The request has an id of its own, so that it can be repeated until the server answers: the
   * repetition gives the same run.
   * @param {string} message
   * @param {"enqueue" | "steer" | "interrupt" | "rollback"} policy what becomes of it while the session is busy
   * @returns whether the server accepted it
   */
  async send(message, policy) {
    this.pending = message;
    this.error = null;
    this.#changed();
    const requestId = newId();
    while (!this.#ended) {
      try {
        await api.start(this.id, message, requestId, policy);
        await this.#refresh();
        this.pending = null;
        this.#changed();
        if (!this.#following) this.open();
        return true;
      } catch (error) {
        if (this.#ended) return false;
        if (error instanceof Refused) {
          this.pending = null;
          this.#fail(error.message);
          await this.#refresh().catch(() => {});
          return false;
        }

        this.#connection("away");
        await delay(RETRY, this.#abort.signal);
      }
    }

    return false;
  }

  async stop() {
    try {
      await api.interrupt(this.id);
      await this.#refresh();
    } catch (error) {
      this.#fail(error.message);
    }
  }

  /** Takes a message back that waits. */
  async withdraw(runId) {
    try {
      await api.withdraw(this.id, runId);
    } catch (error) {
      this.#fail(error.message);
    }

    await this.#refreshSoon();
  }

  /**
   * Answers a call that waits. The server has the last word, so its record is read again whatever it says.
   * @throws {Error} the server refuses the answer, or is away
   */
  async answer(approvalId, answer) {
    try {
      await api.answer(approvalId, answer);
    } finally {
      await this.#refreshSoon();
    }
  }

  get #ended() {
    return this.#abort.signal.aborted;
  }

  // Runs first: a run that begins between the two reads is then met in the log, not missed.
  async #load() {
    const runs = await api.runs(this.id, this.#abort.signal);
    const messages = await api.messages(this.id, this.#abort.signal);
    this.conversation.load(runs, messages);
    await this.#loadApprovals();
    this.loaded = true;
    this.#changed();
  }

  // What waits is the server's to say: it is the same after a reload, in another window and on the page of approvals.
  async #loadApprovals() {
    const waiting = this.conversation.isSuspended ? await api.approvals(this.id, this.#abort.signal) : [];
    this.approvals = waiting.filter((call) => call.kind !== "client");
    for (const call of waiting) if (call.kind === "client") this.#execute(call);
  }

  // Several windows may answer; the first counts, and what the others are told does not matter.
  async #execute(call) {
    if (this.#executed.has(call.approvalId)) return;
    this.#executed.add(call.approvalId);
    try {
      await api.answer(call.approvalId, { kind: "client-tool-result", ...runInPage(call) });
    } catch (error) {
      if (error instanceof Away) this.#executed.delete(call.approvalId);
      else if (error.status !== 409 && error.status !== 404) this.#fail(error.message);
    }
  }

  // One at a time; what is asked for while one is under way is answered by a further one.
  #refresh() {
    this.#refreshing ??= this.#load().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #follow() {
    if (this.#following) return;
    this.#following = true;
    const round = new AbortController();
    const stop = () => round.abort();
    this.#abort.signal.addEventListener("abort", stop);
    try {
      await follow(
        (from) => api.stream(this.id, from),
        this.conversation.cursor,
        {
          chunk: (sequence, chunk) => this.#chunk(sequence, chunk, round),
          connected: () => this.#connection("live"),
          away: () => this.#connection("away"),
        },
        round.signal,
      );
    } finally {
      this.#abort.signal.removeEventListener("abort", stop);
      this.#following = false;
    }
  }

  #chunk(sequence, chunk, round) {
    const due = this.conversation.apply(sequence, chunk);
    if (due === "resync") {
      // The place in the log is gone: begin again with the snapshot.
      this.conversation = new Conversation();
      round.abort();
    } else if (due !== "known") {
      this.#refreshSoon();
    }

    this.#changed();
  }

  async #refreshSoon() {
    try {
      await this.#refreshing;
      await this.#refresh();
    } catch (error) {
      if (!(error instanceof Away) && !this.#ended) this.#fail(error.message);
    }
  }

  async #check() {
    while (!this.#ended) {
      await delay(CHECK, this.#abort.signal);
      if (!this.#ended && this.conversation.isActive && this.connection === "live") await this.#refreshSoon();
    }
  }

  #connection(state) {
    if (this.connection === state) return;
    const wasAway = this.connection === "away";
    this.connection = state;
    this.#changed();
    if (wasAway && state === "live") this.#refreshSoon();
  }

  #fail(message) {
    this.error = message;
    this.#changed();
  }
}

/** An id that nobody else has; `crypto.randomUUID` exists on secure origins only. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
