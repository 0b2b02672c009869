// A small test runner: a case is a name and a function, and gets a context whose clients are closed after it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

const CASE_TIMEOUT = 20_000;

export class Suite {
  constructor(name, options = {}) {
    this.name = name;
    this.options = options;
    this.cases = [];
  }

  test(name, run) {
    assert(!this.cases.some((other) => other.name === name), `two cases are called ${name}`);
    this.cases.push({ name, run });
  }
}

export class Deferred {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

// Resolves when the condition holds; it is looked at again whenever something may have happened.
export async function eventually(condition, what, limit = 8_000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`it did not happen in ${limit} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function within(promise, what, limit = 8_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not happen in ${limit} ms: ${what}`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Context {
  constructor(url, library) {
    this.url = url;
    this.host = new URL(url).host;
    this.library = library;
    this.cleanups = [];
  }

  after(cleanup) {
    this.cleanups.push(cleanup);
  }

  // A name that no other case uses.
  name(prefix = "case") {
    return `${prefix}-${randomUUID()}`;
  }

  http(path, init) {
    return fetch(this.url + path, init);
  }

  async json(path, init) {
    const response = await this.http(path, init);
    assert.equal(response.status, 200, path);
    return response.json();
  }

  async close() {
    for (const cleanup of this.cleanups.reverse()) await cleanup();
  }
}

export async function runCase(suite, test, makeContext) {
  const started = performance.now();
  const context = await makeContext();
  let error = null;
  try {
    await within(Promise.resolve(test.run(context)), "the case", CASE_TIMEOUT);
  } catch (thrown) {
    error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  try {
    await context.close();
  } catch (thrown) {
    error ??= `while closing: ${thrown}`;
  }
  return {
    suite: suite.name,
    case: test.name,
    passed: error === null,
    milliseconds: Math.round(performance.now() - started),
    error,
  };
}
