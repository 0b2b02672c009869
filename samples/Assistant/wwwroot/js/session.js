// One session in this page: loads it, follows it, sends to it, and goes on by itself when the server was away.

import { Away, Refused, api } from "./api.js";
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

  /** @param {() => void} changed told after every change of what is shown */
  constructor(id, changed) {
    this.id = id;
    this.#changed = changed;
    this.conversation = new Conversation();
    this.connection = "idle";
    this.pending = null;
    this.error = null;
    this.loaded = false;
    this.#check();
  }

  get isBusy() {
    return this.pending !== null || this.conversation.isRunning;
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
   * @returns whether the server accepted it
   */
  async send(message) {
    this.pending = message;
    this.error = null;
    this.#changed();
    const requestId = newId();
    while (!this.#ended) {
      try {
        await api.start(this.id, message, requestId);
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

  get #ended() {
    return this.#abort.signal.aborted;
  }

  // Runs first: a run that begins between the two reads is then met in the log, not missed.
  async #load() {
    const runs = await api.runs(this.id, this.#abort.signal);
    const messages = await api.messages(this.id, this.#abort.signal);
    this.conversation.load(runs, messages);
    this.loaded = true;
    this.#changed();
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
      if (!this.#ended && this.conversation.isRunning && this.connection === "live") await this.#refreshSoon();
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
