// useAgent of the packages' React client, rendered under jsdom.
import assert from "node:assert/strict";
import { Deferred, eventually, Suite, within } from "../harness.mjs";

export const hook = new Suite("hook", { dom: true });
const test = hook.test.bind(hook);

// Renders a component that uses the hook; what it returned last is `agent`.
async function render(t, options) {
  const { createElement, Suspense } = await import("react");
  const { createRoot } = await import("react-dom/client");
  const { useAgent } = await import(`agents-${t.version}/react`);
  const view = { agent: null, renders: 0, messages: [] };
  const root = createRoot(globalThis.document.createElement("div"));
  const Component = ({ current }) => {
    view.agent = useAgent({
      host: t.host,
      protocol: "ws",
      ...t.fast,
      onMessage: (event) => view.messages.push(event.data),
      ...current,
    });
    view.renders++;
    return null;
  };
  view.update = (current) => root.render(createElement(Suspense, { fallback: null }, createElement(Component, { current })));
  view.unmount = () => root.unmount();
  view.update(options);
  t.after(() => {
    view.agent?.close();
    view.unmount();
  });
  await eventually(() => view.agent !== null, "the first render");
  return view;
}

async function ready(t, options) {
  const view = await render(t, options);
  await eventually(() => view.agent.identified, "the identity");
  return view;
}

test("it connects and knows its identity", async (t) => {
  const name = t.name();
  const view = await ready(t, { agent: "TestStateAgent", name });
  assert.equal(view.agent.name, name);
  assert.equal(view.agent.agent, "test-state-agent");
  await within(view.agent.ready, "ready");
});

test("it renders again with the state of the server", async (t) => {
  const view = await ready(t, { agent: "TestStateAgent", name: t.name() });
  await eventually(() => view.agent.state !== undefined, "the state");
  assert.deepEqual(view.agent.state, { count: 0, items: [], lastUpdated: null });
});

test("it sets the state, and another hook sees it", async (t) => {
  const name = t.name();
  const updates = [];
  const writer = await ready(t, {
    agent: "TestStateAgent",
    name,
    onStateUpdate: (state, source) => updates.push([state.count, source]),
  });
  const reader = await ready(t, { agent: "TestStateAgent", name });
  writer.agent.setState({ count: 4, items: [], lastUpdated: null });
  await eventually(() => reader.agent.state?.count === 4, "the broadcast");
  await eventually(() => writer.agent.state?.count === 4, "the own state");
  assert.deepEqual(updates.at(-1), [4, "client"]);
});

test("it is told when its state is rejected", async (t) => {
  const error = new Deferred();
  const view = await ready(t, { agent: "TestStateAgent", name: t.name(), onStateUpdateError: error.resolve });
  view.agent.setState({ count: -1, items: [], lastUpdated: null });
  assert.equal(await within(error.promise, "the error"), "State update rejected");
});

test("it gets the MCP servers", async (t) => {
  const servers = new Deferred();
  await ready(t, { agent: "TestStateAgent", name: t.name(), onMcpUpdate: servers.resolve });
  assert.deepEqual(await within(servers.promise, "the servers"), {
    servers: {},
    tools: [],
    prompts: [],
    resources: [],
  });
});

test("it calls methods, by name and by the stub", async (t) => {
  const view = await ready(t, { agent: "TestCallableAgent", name: t.name() });
  assert.equal(await view.agent.call("add", [1, 2]), 3);
  assert.equal(await view.agent.stub.add(3, 4), 7);
});

test("it sends calls made before it was connected", async (t) => {
  const view = await render(t, { agent: "TestCallableAgent", name: t.name() });
  assert.equal(await view.agent.call("add", [5, 6]), 11);
});

test("it rejects a call with the method's error", async (t) => {
  const view = await ready(t, { agent: "TestCallableAgent", name: t.name() });
  await assert.rejects(view.agent.call("throwError", ["broken"]), { message: "broken" });
});

test("it streams", async (t) => {
  const view = await ready(t, { agent: "TestCallableAgent", name: t.name() });
  const chunks = [];
  const last = await view.agent.call("streamWithDelay", [["a", "b"], 5], {
    stream: { onChunk: (chunk) => chunks.push(chunk) },
  });
  assert.deepEqual([chunks, last], [["a", "b"], "complete"]);
});

test("its calls time out", async (t) => {
  const view = await ready(t, { agent: "TestCallableAgent", name: t.name(), defaultCallTimeout: 50 });
  await assert.rejects(view.agent.call("hang"), { message: "RPC call to hang timed out after 50ms" });
});

test("messages of the application reach its handler", async (t) => {
  const view = await ready(t, { agent: "TestGreetingAgent", name: t.name() });
  await eventually(() => view.messages.includes("welcome"), "the greeting");
  view.agent.send("hello");
  await eventually(() => view.messages.includes("you said: hello"), "the answer");
});

test("it comes back after a transient close", async (t) => {
  const name = t.name();
  const identities = [];
  const view = await ready(t, {
    agent: "TestCallableAgent",
    name,
    onIdentity: (...identity) => identities.push(identity),
  });
  await t.http(`/agents/test-callable-agent/${name}/close?code=1012&reason=restart`, { method: "POST" });
  await eventually(() => identities.length === 2 && view.agent.identified, "the second connection");
  assert.equal(view.agent.connectionError, null);
  assert.equal(await view.agent.call("add", [1, 1]), 2);
});

test("it shows a terminal close as an error", async (t) => {
  const name = t.name();
  const failed = new Deferred();
  const view = await ready(t, { agent: "TestCallableAgent", name, onConnectionError: failed.resolve });
  await t.http(`/agents/test-callable-agent/${name}/close?code=4403&reason=forbidden`, { method: "POST" });
  assert.equal((await within(failed.promise, "the error")).code, 4403);
  await eventually(() => view.agent.connectionError?.code === 4403, "the rendered error");
  await assert.rejects(view.agent.call("add", [1, 1]), { message: "Connection closed" });
});

test("a query that is computed suspends it, and reaches the agent", async (t) => {
  const view = await ready(t, {
    agent: "TestCallableAgent",
    name: t.name(),
    query: async () => ({ token: "secret" }),
    queryDeps: [t.name()],
  });
  assert.equal((await view.agent.call("connectionQuery")).token, "secret");
});

test("it follows a change of its name", async (t) => {
  const [first, second] = [t.name(), t.name()];
  const view = await ready(t, { agent: "TestStateAgent", name: first });
  view.update({ agent: "TestStateAgent", name: second });
  await eventually(() => view.agent.identified && view.agent.name === second, "the other object");
});

test("it does not connect while it is disabled", async (t) => {
  const name = t.name();
  const view = await render(t, { agent: "TestStateAgent", name, enabled: false });
  assert.equal((await t.json(`/agents/test-state-agent/${name}/connections`)).count, 0);
  view.update({ agent: "TestStateAgent", name, enabled: true });
  await eventually(() => view.agent.identified, "the identity");
});

test("it goes through a base path to the object that the server chose", async (t) => {
  const view = await ready(t, { agent: "ignored", basePath: "user" });
  assert.equal(view.agent.name, "auth-user");
  assert.equal(view.agent.agent, "test-state-agent");
});

test("its HTTP address answers", async (t) => {
  const name = t.name();
  const view = await ready(t, { agent: "TestStateAgent", name, path: "state" });
  const response = await fetch(view.agent.getHttpUrl());
  assert.equal((await response.json()).state.count, 0);
});

test("unmounting closes the connection", async (t) => {
  const name = t.name();
  const view = await ready(t, { agent: "TestStateAgent", name });
  view.unmount();
  await eventually(
    async () => (await t.json(`/agents/test-state-agent/${name}/connections`)).count === 0,
    "the connection is gone",
  );
});
