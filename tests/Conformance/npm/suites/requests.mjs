import assert from "node:assert/strict";
import { Suite } from "../harness.mjs";

export const requests = new Suite("requests");
const test = requests.test.bind(requests);

test("the server answers HTTP", async (t) => {
  assert.equal((await t.http("/")).status, 404);
});

test("agentFetch gets what the agent answers", async (t) => {
  const name = t.name();
  const response = await t.agentFetch({ agent: "TestStateAgent", name, path: "state" });
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { state: { count: 0, items: [], lastUpdated: null } });
});

for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
  test(`agentFetch sends ${method}`, async (t) => {
    const name = t.name();
    const body = method === "GET" ? undefined : "the body ä";
    const response = await t.agentFetch({ agent: "TestStateAgent", name, path: "echo" }, { method, body });
    assert.deepEqual(await response.json(), {
      method,
      body: body ?? "",
      path: `/agents/test-state-agent/${name}/echo`,
    });
  });
}

test("agentFetch without a name talks to default", async (t) => {
  const response = await t.agentFetch({ agent: "TestStateAgent", path: "echo" });
  assert.equal((await response.json()).path, "/agents/test-state-agent/default/echo");
});

test("agentFetch through a base path", async (t) => {
  const name = t.name();
  const response = await t.agentFetch({ agent: "ignored", basePath: `custom-state/${name}`, path: "state" });
  assert.equal((await response.json()).state.count, 0);
});

test("a query reaches the agent", async (t) => {
  const name = t.name();
  const options = { agent: "TestCallableAgent", name, path: "query", query: { a: "1 2", b: "ä" } };
  assert.deepEqual(await (await t.agentFetch(options)).json(), { a: "1 2", b: "ä" });
});

test("a path that the agent does not know is 404", async (t) => {
  const response = await t.agentFetch({ agent: "TestStateAgent", name: t.name(), path: "nothing" });
  assert.equal(response.status, 404);
  assert.equal(await response.text(), "Not found");
});

test("an agent without a handler for requests answers 404", async (t) => {
  const response = await t.agentFetch({ agent: "TestStatelessAgent", name: t.name() });
  assert.equal(response.status, 404);
  assert.equal(await response.text(), "Not implemented");
});

test("an unknown agent is 400", async (t) => {
  const response = await t.agentFetch({ agent: "NobodyKnowsMe", name: t.name() });
  assert.equal(response.status, 400);
  assert.equal(await response.text(), "Invalid request");
});

test("too few segments are 404", async (t) => {
  assert.equal((await t.http("/agents/test-state-agent")).status, 404);
  assert.equal((await t.http("/agents")).status, 404);
});

test("an exception in the handler is 500 and does not say why", async (t) => {
  const response = await t.agentFetch({ agent: "TestFailingAgent", name: t.name() });
  assert.equal(response.status, 500);
});

test("a route of the application answers 500 by itself", async (t) => {
  assert.equal((await t.http("/500")).status, 500);
});

test("the hook before a request may answer it", async (t) => {
  assert.equal((await t.http("/agents/test-state-agent/forbidden/state")).status, 403);
});

test("other origins may ask", async (t) => {
  const headers = { Origin: "http://elsewhere.example" };
  const response = await t.http(`/agents/test-state-agent/${t.name()}/state`, { headers });
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
});

test("a preflight is answered by the router", async (t) => {
  const response = await t.http(`/agents/test-state-agent/${t.name()}/state`, {
    method: "OPTIONS",
    headers: { Origin: "http://elsewhere.example", "Access-Control-Request-Method": "POST" },
  });
  assert.ok(response.status === 200 || response.status === 204);
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  assert.equal(response.headers.get("access-control-allow-methods"), "GET, POST, HEAD, OPTIONS");
  assert.equal(response.headers.get("access-control-allow-headers"), "*");
  assert.equal(response.headers.get("access-control-max-age"), "86400");
});

test("a state that is set by a client is there for a request, and the other way round", async (t) => {
  const name = t.name();
  const client = await t.settle("TestStateAgent", name);
  client.setState({ count: 3, items: ["x"], lastUpdated: null });
  await client.call("ping");
  const { updates } = await t.json(`/agents/test-state-agent/${name}/state-updates`);
  assert.deepEqual(updates.at(-1).state, { count: 3, items: ["x"], lastUpdated: null });
  assert.equal(updates.at(-1).source, client.id);
});
