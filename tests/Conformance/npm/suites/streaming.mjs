import assert from "node:assert/strict";
import { frames } from "../clients.mjs";
import { eventually, Suite } from "../harness.mjs";

export const streaming = new Suite("streaming");
const test = streaming.test.bind(streaming);
const agent = "TestCallableAgent";

function recorder() {
  const seen = { chunks: [], done: [], errors: [] };
  return {
    seen,
    stream: {
      onChunk: (chunk) => seen.chunks.push(chunk),
      onDone: (chunk) => seen.done.push(chunk),
      onError: (error) => seen.errors.push(error),
    },
  };
}

test("parts arrive in order, then the end", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  await client.call("streamNumbers", [5], { stream });
  assert.deepEqual(seen, { chunks: [0, 1, 2, 3, 4], done: [5], errors: [] });
});

test("the last part is what the call resolves to", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  assert.equal(await client.call("streamWithDelay", [["a", "b"], 10], { stream }), "complete");
  assert.deepEqual(seen, { chunks: ["a", "b"], done: ["complete"], errors: [] });
});

test("the callbacks may be given without a wrapper", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  await client.call("streamNumbers", [2], stream);
  assert.deepEqual(seen.chunks, [0, 1]);
});

test("the frames of parts have done: false", async (t) => {
  const client = await t.connect(agent, t.name());
  await client.call("streamNumbers", [1], recorder());
  const [part, end] = frames(client, "rpc").map((frame) => ({ ...frame, id: "" }));
  assert.deepEqual(part, { type: "rpc", id: "", success: true, done: false, result: 0 });
  assert.deepEqual(end, { type: "rpc", id: "", success: true, done: true, result: 1 });
});

test("a method that is an async enumerable streams its items", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  assert.equal(await client.call("countTo", [3], { stream }), undefined);
  assert.deepEqual(seen, { chunks: [1, 2, 3], done: [undefined], errors: [] });
});

test("an async enumerable that throws ends with the error", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  await assert.rejects(client.call("countAndFail", [2], { stream }), { message: "enough" });
  assert.deepEqual(seen, { chunks: [1, 2], done: [], errors: ["enough"] });
});

test("a method that throws while it streams ends with the error", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  await assert.rejects(client.call("streamError", [], { stream }), { message: "Stream failed" });
  assert.deepEqual(seen, { chunks: ["chunk1"], done: [], errors: ["Stream failed"] });
});

test("a method that throws before its first part ends with the error", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  await assert.rejects(client.call("streamThrowsImmediately", [], { stream }), { message: "Immediate failure" });
  assert.deepEqual(seen, { chunks: [], done: [], errors: ["Immediate failure"] });
});

test("a method may end its stream with an error by itself", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  await assert.rejects(client.call("streamGracefulError", [], { stream }), { message: "Graceful error" });
  assert.deepEqual(seen, { chunks: ["chunk1"], done: [], errors: ["Graceful error"] });
});

test("what comes after the end is not sent", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  assert.equal(await client.call("streamDoubleClose", [], { stream }), "first");
  assert.equal(await client.call("add", [1, 1]), 2);
  assert.deepEqual(seen, { chunks: ["chunk1"], done: ["first"], errors: [] });
});

test("a stream may end after its method has returned", async (t) => {
  const client = await t.connect(agent, t.name());
  const { seen, stream } = recorder();
  assert.equal(await client.call("streamLater", [], { stream }), "later");
  assert.deepEqual(seen.chunks, ["first"]);
});

test("concurrent streams do not mix", async (t) => {
  const client = await t.connect(agent, t.name());
  const recorders = Array.from({ length: 10 }, recorder);
  await Promise.all(recorders.map((r, i) => client.call("streamWithDelay", [[i, i, i], 5], r)));
  recorders.forEach((r, i) => assert.deepEqual(r.seen.chunks, [i, i, i]));
});

test("a stream does not hold up calls", async (t) => {
  const client = await t.connect(agent, t.name());
  const { stream } = recorder();
  let over = false;
  const streamed = client.call("streamWithDelay", [["a", "b", "c"], 100], { stream }).then(() => (over = true));
  assert.equal(await client.call("add", [1, 1]), 2);
  assert.equal(over, false);
  await streamed;
});

test("a client that goes in the middle of a stream harms nobody", async (t) => {
  const name = t.name();
  const leaver = await t.connect(agent, name);
  const { seen, stream } = recorder();
  leaver.call("streamWithDelay", [Array.from({ length: 50 }, (_, i) => i), 10], { stream }).catch(() => {});
  await eventually(() => seen.chunks.length > 2, "some parts");
  leaver.close();
  const other = await t.connect(agent, name);
  assert.equal(await other.call("add", [1, 1]), 2);
});

test("a streamed call has no timeout unless one is given", async (t) => {
  const client = await t.connect(agent, t.name(), { defaultCallTimeout: 50 });
  const { stream } = recorder();
  assert.equal(await client.call("streamWithDelay", [["a", "b"], 60], { stream }), "complete");
  await assert.rejects(
    client.call("streamWithDelay", [["a", "b"], 100], { stream: recorder().stream, timeout: 50 }),
    /timed out after 50ms/,
  );
});
