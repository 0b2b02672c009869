import assert from "node:assert/strict";
import { frames } from "../clients.mjs";
import { Deferred, eventually, Suite, within } from "../harness.mjs";

export const closing = new Suite("closing");
const test = closing.test.bind(closing);
const agent = "TestCallableAgent";

// Closed by the server, on the word of another client of the same object.
async function closeAll(t, name, code, reason) {
  const response = await t.http(`/agents/test-callable-agent/${name}/close?code=${code}&reason=${reason}`, {
    method: "POST",
  });
  assert.equal(response.status, 200);
  return Number(await response.text());
}

for (const code of [4001, 4999, 1008]) {
  test(`close code ${code} is terminal`, async (t) => {
    const name = t.name();
    const failed = new Deferred();
    const client = await t.connect(agent, name, { onConnectionError: failed.resolve });
    assert.equal(await closeAll(t, name, code, "not-allowed"), 1);
    const error = await within(failed.promise, "the connection error");
    assert.equal(error.name, "AgentConnectionError");
    assert.equal(error.code, code);
    assert.equal(error.message, "Agent connection closed: not-allowed");
    assert.equal(client.connectionError, error);
    await assert.rejects(client.call("add", [1, 1]), { message: "Connection closed" });
    assert.equal(frames(client, "cf_agent_identity").length, 1);
  });
}

for (const code of [1000, 1001, 1011, 1012]) {
  test(`close code ${code} is transient: the client comes back`, async (t) => {
    const name = t.name();
    const closes = [];
    const client = await t.connect(agent, name, { onConnectionError: assert.fail });
    client.addEventListener("close", (event) => closes.push([event.code, event.reason]));
    assert.equal(await closeAll(t, name, code, "again"), 1);
    await eventually(() => frames(client, "cf_agent_identity").length === 2, "the second connection");
    assert.deepEqual(closes, [[code, "again"]]);
    assert.equal(client.connectionError, null);
    assert.equal(await client.call("add", [1, 1]), 2);
  });
}

test("ready can be awaited again after a reconnect", async (t) => {
  const name = t.name();
  const client = await t.connect(agent, name);
  const first = client.ready;
  const closed = new Promise((resolve) => client.addEventListener("close", resolve, { once: true }));
  await closeAll(t, name, 1012, "restart");
  await within(closed, "the close");
  assert.notEqual(client.ready, first);
  assert.equal(client.identified, false);
  await within(client.ready, "ready again");
  assert.equal(client.identified, true);
});

test("the connection has the same id after a reconnect", async (t) => {
  const name = t.name();
  const client = await t.connect(agent, name);
  await closeAll(t, name, 1012, "restart");
  await eventually(() => frames(client, "cf_agent_identity").length === 2, "the second connection");
  assert.equal(await client.call("connectionId"), client.id);
});

test("state that changed meanwhile is there after a reconnect", async (t) => {
  const name = t.name();
  const client = await t.settle(agent, name);
  await closeAll(t, name, 1012, "restart");
  const other = await t.settle(agent, name);
  await other.call("setValue", [8]);
  await eventually(() => client.state?.value === 8, "the state");
});

test("a call that was sent is rejected when the connection is lost", async (t) => {
  const name = t.name();
  const client = await t.connect(agent, name);
  const lost = client.call("hang");
  await client.call("add", [1, 1]);
  await Promise.all([assert.rejects(lost, { message: "Connection closed" }), closeAll(t, name, 1012, "restart")]);
});

test("a call that was not sent yet survives the reconnect", async (t) => {
  const name = t.name();
  const client = await t.connect(agent, name);
  const closed = new Promise((resolve) => client.addEventListener("close", resolve, { once: true }));
  await closeAll(t, name, 1012, "restart");
  await within(closed, "the close");
  assert.equal(await client.call("add", [40, 2]), 42);
});

test("calls are rejected when the client closes", async (t) => {
  const client = await t.connect(agent, t.name());
  const lost = client.call("hang");
  client.close();
  await assert.rejects(lost, { message: "Connection closed" });
});

test("the server answers a close with the same code", async (t) => {
  const socket = new t.socket(`ws://${t.host}/agents/test-callable-agent/${t.name()}`);
  await new Promise((resolve) => socket.once("open", resolve));
  const closed = new Promise((resolve) => socket.once("close", (code, reason) => resolve([code, reason.toString()])));
  socket.close(3456, "bye");
  assert.deepEqual(await within(closed, "the close"), [3456, "bye"]);
});

test("a client that closed is no longer counted", async (t) => {
  const name = t.name();
  const [stays, goes] = await Promise.all([t.connect("TestStateAgent", name), t.connect("TestStateAgent", name)]);
  goes.close();
  await eventually(
    async () => (await t.json(`/agents/test-state-agent/${name}/connections`)).count === 1,
    "the connection is gone",
  );
  assert.equal(await stays.call("ping"), "pong");
});

test("an exception in the connect handler closes with 1011 after an error frame", async (t) => {
  const socket = new t.socket(`ws://${t.host}/agents/test-failing-agent/${t.name()}`);
  const messages = [];
  socket.on("message", (data) => messages.push(JSON.parse(data.toString())));
  const [code, reason] = await within(
    new Promise((resolve) => socket.once("close", (...event) => resolve(event))),
    "the close",
  );
  assert.equal(code, 1011);
  assert.equal(reason.toString(), "Uncaught exception during session setup");
  assert.match(messages.at(-1).error, /connect refused/);
});

test("a client that is refused for good is accepted and closed with 4401", async (t) => {
  const failed = new Deferred();
  t.open(agent, t.name(), { query: { deny: "true" }, onConnectionError: failed.resolve });
  assert.equal((await within(failed.promise, "the connection error")).code, 4401);
});
