import assert from "node:assert/strict";
import { frames } from "../clients.mjs";
import { eventually, Suite } from "../harness.mjs";

export const connecting = new Suite("connecting");
const test = connecting.test.bind(connecting);

test("identity is the first frame, then the state, then the MCP servers", async (t) => {
  const client = await t.settle("TestStateAgent", t.name());
  assert.deepEqual(
    frames(client).map((frame) => frame.type),
    ["cf_agent_identity", "cf_agent_state", "cf_agent_mcp_servers"],
  );
});

test("the identity frame has the raw name, the class in kebab case, and says that state follows", async (t) => {
  const name = t.name();
  const client = await t.settle("TestStateAgent", name);
  assert.deepEqual(frames(client)[0], {
    type: "cf_agent_identity",
    name,
    agent: "test-state-agent",
    stateFollows: true,
  });
});

test("the MCP servers are empty lists", async (t) => {
  const client = await t.settle("TestStateAgent", t.name());
  assert.deepEqual(frames(client, "cf_agent_mcp_servers")[0].mcp, {
    servers: {},
    tools: [],
    prompts: [],
    resources: [],
  });
});

test("ready resolves with name and agent of the server", async (t) => {
  const identities = [];
  const name = t.name();
  const client = await t.connect("TestStateAgent", name, {
    onIdentity: (...identity) => identities.push(identity),
  });
  assert.equal(client.identified, true);
  assert.equal(client.name, name);
  assert.equal(client.agent, "test-state-agent");
  assert.deepEqual(identities, [[name, "test-state-agent"]]);
});

test("without a name the client talks to default", async (t) => {
  const client = await t.connect("TestStateAgent", undefined);
  assert.equal(client.name, "default");
});

for (const agent of ["TestStateAgent", "testStateAgent", "test-state-agent", "TEST_STATE_AGENT"]) {
  test(`the agent may be written ${agent}`, async (t) => {
    const client = await t.connect(agent, t.name());
    assert.equal(client.agent, "test-state-agent");
  });
}

test("the state is there once ready has resolved", async (t) => {
  const client = await t.connect("TestStateAgent", t.name());
  // The older client resolves at the identity frame; the state is the next one.
  await eventually(() => client.state !== undefined, "the state");
  if (t.version !== "0.21") assert.notEqual(client.state, undefined);
  assert.deepEqual(client.state, { count: 0, items: [], lastUpdated: null });
});

test("an agent without state sends no state frame and sets no flag", async (t) => {
  const client = await t.settle("TestStatelessAgent", t.name());
  assert.deepEqual(
    frames(client).map((frame) => frame.type),
    ["cf_agent_identity", "cf_agent_mcp_servers"],
  );
  assert.equal("stateFollows" in frames(client)[0], false);
  assert.equal(client.state, undefined);
});

test("an agent that hides its identity still sends its state", async (t) => {
  const client = t.open("TestNoIdentityAgent", t.name());
  await eventually(() => frames(client, "cf_agent_mcp_servers").length, "the last frame");
  assert.deepEqual(
    frames(client).map((frame) => frame.type),
    ["cf_agent_state", "cf_agent_mcp_servers"],
  );
  assert.equal(client.identified, false);
});

test("the id of the client is the id of its connection", async (t) => {
  const client = await t.connect("TestCallableAgent", t.name());
  assert.equal(await client.call("connectionId"), client.id);
});

test("a query reaches the agent with the connection", async (t) => {
  const client = await t.connect("TestCallableAgent", t.name(), { query: { token: "a b&c", absent: undefined } });
  assert.deepEqual(await client.call("connectionQuery"), { _pk: client.id, token: "a b&c" });
});

test("a query that is computed is asked for at each attempt", async (t) => {
  let attempt = 0;
  const client = await t.connect("TestCallableAgent", t.name(), { query: async () => ({ attempt: ++attempt }) });
  assert.equal((await client.call("connectionQuery")).attempt, "1");
  client.reconnect();
  await eventually(() => frames(client, "cf_agent_identity").length === 2, "the second connection");
  assert.equal((await client.call("connectionQuery")).attempt, "2");
});

test("a path below the name reaches the agent with the connection", async (t) => {
  const name = t.name();
  const client = await t.connect("TestCallableAgent", name, { path: "rooms/one" });
  assert.equal(await client.call("connectionPath"), `/agents/test-callable-agent/${name}/rooms/one`);
});

test("what the user's handler sends at connect comes after the protocol's frames", async (t) => {
  const client = await t.connect("TestGreetingAgent", t.name());
  await eventually(() => client.messages.includes("welcome"), "the greeting");
  assert.equal(client.messages.at(-1), "welcome");
  assert.equal(frames(client).length, client.messages.length - 1);
});

test("many clients of one object are all connected", async (t) => {
  const name = t.name();
  await Promise.all(Array.from({ length: 20 }, () => t.connect("TestStateAgent", name)));
  const { count } = await t.json(`/agents/test-state-agent/${name}/connections`);
  assert.equal(count, 20);
});
