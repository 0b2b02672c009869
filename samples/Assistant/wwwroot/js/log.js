// Follows a session's event log over server-sent events, for as long as it is wanted: the number of the last chunk is
// kept here, so that after every break the log goes on exactly where it stopped.

import { Away, Refused } from "./api.js";

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 3_000;
// The server writes a comment every few seconds; a connection that is silent for longer is dead.
const SILENCE = 45_000;

/**
 * @param {(from: number) => string} address gives the stream's address from a number on
 * @param {number} from the last number already known
 * @param {{ chunk(sequence: number, chunk: object): void, connected(): void, away(): void }} reader
 * @param {AbortSignal} signal ends the following
 * @throws {Refused} where the server says no, for example because the session was deleted
 */
export async function follow(address, from, reader, signal) {
  let last = from;
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    signal.addEventListener("abort", stop);
    try {
      for await (const event of events(address(last), last, attempt, reader.connected)) {
        pause = FIRST_PAUSE;
        if (event.name === "end" || !event.data) continue;
        const { sequence, chunk } = JSON.parse(event.data);
        last = sequence;
        reader.chunk(sequence, chunk);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused) throw error;
    } finally {
      signal.removeEventListener("abort", stop);
      attempt.abort();
    }

    if (signal.aborted) return;
    reader.away();
    await delay(pause, signal);
    pause = Math.min(pause * 1.6, LONGEST_PAUSE);
  }
}

async function* events(address, last, attempt, connected) {
  const response = await fetch(address, {
    headers: { accept: "text/event-stream", "last-event-id": String(last) },
    cache: "no-store",
    signal: attempt.signal,
  });
  if (response.status >= 500) throw new Away();
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => null));
  connected();

  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let watch = setTimeout(() => attempt.abort(), SILENCE);
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(() => attempt.abort(), SILENCE);
      text = (text + value).replace(/\r\n/g, "\n");
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const event = parse(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) yield event;
      }
    }
  } finally {
    clearTimeout(watch);
  }
}

function parse(block) {
  const event = { name: "message", data: "" };
  let any = false;
  for (const line of block.split("\n")) {
    if (line.startsWith(":")) continue;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event.name = value;
    else if (field === "data") event.data += (event.data ? "\n" : "") + value;
    else continue;
    any = true;
  }

  return any ? event : null;
}

/** Waits, or returns at once when the signal ends. */
export function delay(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done);
  });
}
