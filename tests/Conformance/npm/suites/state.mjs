import assert from "node:assert/strict";
import { frames } from "../clients.mjs";
import { Deferred, eventually, Suite, within } from "../harness.mjs";

export const state = new Suite("state");
const test = state.test.bind(state);
const initial = { count: 0, items: [], lastUpdated: null };
const stored = async (t, name) => (await t.json(`/agents/test-state-agent/${name}/state`)).state;

test("a client's state is stored and sent to the other clients", async (t) => {
  const name = t.name();
  const [writer, reader] = await Promise.all([t.settle("TestStateAgent", name), t.settle("TestStateAgent", name)]);
  const next = { count: 7, items: ["a"], lastUpdated: "now" };
  writer.setState(next);
  await eventually(() => reader.state?.count === 7, "the broadcast");
  assert.deepEqual(reader.state, next);
  assert.deepEqual(await stored(t, name), next);
});

test("the sender gets no echo", async (t) => {
  const name = t.name();
  const [writer, reader] = await Promise.all([t.settle("TestStateAgent", name), t.settle("TestStateAgent", name)]);
  writer.setState({ ...initial, count: 1 });
  await eventually(() => reader.state?.count === 1, "the broadcast");
  await writer.call("ping");
  assert.equal(frames(writer, "cf_agent_state").length, 1);
});

test("the callback says from where the state came", async (t) => {
  const name = t.name();
  const seen = [];
  const client = await t.settle("TestStateAgent", name, {
    onStateUpdate: (value, source) => seen.push([value.count, source]),
  });
  client.setState({ ...initial, count: 2 });
  const other = await t.settle("TestStateAgent", name);
  other.setState({ ...initial, count: 3 });
  await eventually(() => seen.length === 3, "the broadcast");
  assert.deepEqual(seen, [
    [0, "server"],
    [2, "client"],
    [3, "server"],
  ]);
});

test("a part of the state replaces the whole of it", async (t) => {
  const name = t.name();
  const [writer, reader] = await Promise.all([t.settle("TestStateAgent", name), t.settle("TestStateAgent", name)]);
  writer.setState({ count: 5 });
  await eventually(() => reader.state?.count === 5, "the broadcast");
  assert.deepEqual(reader.state.items ?? [], []);
  assert.equal((await stored(t, name)).count, 5);
});

test("updates of one client arrive in order", async (t) => {
  const name = t.name();
  const [writer, reader] = await Promise.all([t.settle("TestStateAgent", name), t.settle("TestStateAgent", name)]);
  for (let count = 1; count <= 50; count++) writer.setState({ ...initial, count });
  await eventually(() => reader.state?.count === 50, "the last update");
  const counts = frames(reader, "cf_agent_state").map((frame) => frame.state.count);
  assert.deepEqual(counts, Array.from({ length: 51 }, (_, i) => i));
});

test("state that is set by a call reaches the caller too", async (t) => {
  const client = await t.settle("TestCallableAgent", t.name());
  assert.equal(await client.call("setValue", [4]), 4);
  await eventually(() => client.state?.value === 4, "the broadcast");
});

test("a new client gets the current state", async (t) => {
  const name = t.name();
  const writer = await t.settle("TestStateAgent", name);
  writer.setState({ ...initial, count: 11 });
  await eventually(async () => (await stored(t, name)).count === 11, "the write");
  assert.equal((await t.settle("TestStateAgent", name)).state.count, 11);
});

test("objects with other names do not see it", async (t) => {
  const name = t.name();
  const writer = await t.settle("TestStateAgent", name);
  const stranger = await t.settle("TestStateAgent", t.name());
  writer.setState({ ...initial, count: 1 });
  await eventually(async () => (await stored(t, name)).count === 1, "the write");
  await stranger.call("ping");
  assert.equal(stranger.state.count, 0);
  assert.equal(frames(stranger, "cf_agent_state").length, 1);
});

test("a rejected state changes nothing and is sent to nobody", async (t) => {
  const name = t.name();
  const error = new Deferred();
  const [writer, reader] = await Promise.all([
    t.settle("TestStateAgent", name, { onStateUpdateError: error.resolve }),
    t.settle("TestStateAgent", name),
  ]);
  writer.setState({ ...initial, count: -1 });
  assert.equal(await within(error.promise, "the error"), "State update rejected");
  assert.deepEqual(await stored(t, name), initial);
  await reader.call("ping");
  assert.deepEqual(reader.state, initial);
  // The client keeps what it assumed.
  assert.equal(writer.state.count, -1);
});

test("a state of a wrong type is rejected", async (t) => {
  const name = t.name();
  const error = new Deferred();
  const writer = await t.settle("TestStateAgent", name, { onStateUpdateError: error.resolve });
  writer.setState({ ...initial, count: "many" });
  assert.equal(await within(error.promise, "the error"), "State update rejected");
  assert.deepEqual(await stored(t, name), initial);
});

test("a client that may only read is told so, and still gets broadcasts", async (t) => {
  const name = t.name();
  const error = new Deferred();
  const reader = await t.settle("TestReadonlyAgent", name, {
    query: { readonly: "true" },
    onStateUpdateError: error.resolve,
  });
  const writer = await t.settle("TestReadonlyAgent", name);
  reader.setState({ value: 9 });
  assert.equal(await within(error.promise, "the error"), "Connection is readonly");
  writer.setState({ value: 3 });
  await eventually(() => reader.state?.value === 3, "the broadcast");
});

test("a call that sets state fails for a client that may only read, other calls do not", async (t) => {
  const reader = await t.settle("TestReadonlyAgent", t.name(), { query: { readonly: "true" } });
  await assert.rejects(reader.call("setValue", [1]), { message: "Connection is readonly" });
  assert.equal(await reader.call("getValue"), 0);
});

test("a client without protocol frames can call and gets broadcasts of the application", async (t) => {
  const name = t.name();
  const quiet = t.open("TestProtocolMessagesAgent", name, { query: { protocol: "false" } });
  assert.equal(await quiet.call("setValue", [2]), 2);
  await quiet.call("shout", ["hello"]);
  await eventually(() => quiet.messages.includes("hello"), "the broadcast");
  assert.deepEqual(
    frames(quiet).map((frame) => frame.type),
    ["rpc", "rpc"],
  );
  assert.equal(quiet.identified, false);
});
