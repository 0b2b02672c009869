import assert from "node:assert/strict";
import { Deferred, eventually, Suite, within } from "../harness.mjs";
import { frames } from "../clients.mjs";

export const routing = new Suite("routing");
const test = routing.test.bind(routing);

test("names are used as they stand in the path, without decoding", async (t) => {
  const name = `${t.name()}%20with%2Fescapes`;
  const client = await t.connect("TestStateAgent", name);
  assert.equal(client.name, name);
});

test("a name with and one without percent-encoding are different objects", async (t) => {
  const name = t.name();
  const encoded = await t.settle("TestStateAgent", `${name}%41`);
  const plain = await t.settle("TestStateAgent", `${name}A`);
  encoded.setState({ count: 1, items: [], lastUpdated: null });
  await eventually(
    async () => (await t.json(`/agents/test-state-agent/${name}%41/state`)).state.count === 1,
    "the write",
  );
  assert.equal((await t.json(`/agents/test-state-agent/${name}A/state`)).state.count, 0);
  assert.equal(plain.state.count, 0);
});

test("a prefix of several segments", async (t) => {
  const client = await t.connect("TestStateAgent", t.name(), { prefix: "api/agents" });
  assert.equal(client.agent, "test-state-agent");
});

test("a base path with a name in it", async (t) => {
  const name = t.name();
  const client = await t.connect("ignored", undefined, { basePath: `custom-state/${name}` });
  assert.equal(client.name, name);
  assert.equal(client.agent, "test-state-agent");
});

test("a base path whose object the server chooses", async (t) => {
  const client = await t.connect("ignored", undefined, { basePath: "user" });
  assert.equal(client.name, "auth-user");
  assert.equal(client.agent, "test-state-agent");
});

test("a base path with a path below it", async (t) => {
  const name = t.name();
  const client = await t.connect("ignored", undefined, { basePath: `custom-callable/${name}`, path: "deep/er" });
  assert.equal(await client.call("connectionPath"), `/custom-callable/${name}/deep/er`);
});

test("state goes both ways through a base path", async (t) => {
  const name = t.name();
  const direct = await t.settle("TestStateAgent", name);
  const custom = await t.settle("ignored", undefined, { basePath: `custom-state/${name}` });
  custom.setState({ count: 6, items: [], lastUpdated: null });
  await eventually(() => direct.state?.count === 6, "the broadcast");
});

test("an object that hides its identity can be used through a base path", async (t) => {
  const client = t.open("ignored", undefined, { basePath: `custom-no-identity/${t.name()}` });
  await eventually(() => frames(client, "cf_agent_state").length, "the state");
  assert.equal(client.identified, false);
});

test("a client learns that it reached another object than before", async (t) => {
  const user = t.name("user");
  let attempt = 0;
  const change = new Deferred();
  const client = await t.connect("ignored", undefined, {
    basePath: "by-query",
    query: async () => ({ user: `${user}-${++attempt}` }),
    onIdentityChange: (...identity) => change.resolve(identity),
  });
  assert.equal(client.name, `${user}-1`);
  client.reconnect();
  assert.deepEqual(await within(change.promise, "the change"), [
    `${user}-1`,
    `${user}-2`,
    "test-state-agent",
    "test-state-agent",
  ]);
});

test("objects are told apart by class and by name", async (t) => {
  const name = t.name();
  const [state, callable] = await Promise.all([t.settle("TestStateAgent", name), t.settle("TestCallableAgent", name)]);
  await callable.call("setValue", [5]);
  await eventually(() => callable.state.value === 5, "the broadcast");
  assert.deepEqual(state.state, { count: 0, items: [], lastUpdated: null });
});

test("the hook before a connection may refuse it", async (t) => {
  const socket = new t.socket(`ws://${t.host}/agents/test-state-agent/forbidden`);
  const status = await new Promise((resolve, reject) => {
    socket.once("unexpected-response", (_, response) => resolve(response.statusCode));
    socket.once("open", () => reject(new Error("it was let in")));
    socket.once("error", () => {});
  });
  assert.equal(status, 403);
});
