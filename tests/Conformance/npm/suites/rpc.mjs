import assert from "node:assert/strict";
import { frames } from "../clients.mjs";
import { Suite } from "../harness.mjs";

export const rpc = new Suite("rpc");
const test = rpc.test.bind(rpc);
const agent = "TestCallableAgent";

test("a call returns the result", async (t) => {
  const client = await t.connect(agent, t.name());
  assert.equal(await client.call("add", [2, 3]), 5);
});

test("the stub calls by name", async (t) => {
  const client = await t.connect(agent, t.name());
  assert.equal(await client.stub.add(20, 3), 23);
});

test("an asynchronous method is awaited", async (t) => {
  const client = await t.connect(agent, t.name());
  assert.equal(await client.call("asyncMethod", [10]), "done");
});

test("a method without a result resolves to undefined, and its frame has no result", async (t) => {
  const client = await t.connect(agent, t.name());
  assert.equal(await client.call("voidMethod"), undefined);
  assert.equal("result" in frames(client, "rpc")[0], false);
  assert.deepEqual({ ...frames(client, "rpc")[0], id: "" }, { type: "rpc", id: "", success: true, done: true });
});

test("a result of null stays null", async (t) => {
  const client = await t.connect(agent, t.name());
  assert.equal(await client.call("returnNull"), null);
});

test("a method that returns undefined resolves to undefined", async (t) => {
  const client = await t.connect(agent, t.name());
  assert.equal(await client.call("returnUndefined"), undefined);
});

test("objects and arrays go both ways", async (t) => {
  const client = await t.connect(agent, t.name());
  const value = { text: "ä€😀\u0000", list: [1, 2.5, null, { deep: true }], empty: {} };
  assert.deepEqual(await client.call("echo", [value]), value);
});

test("arguments that are left out have their defaults, and undefined counts as left out", async (t) => {
  const client = await t.connect(agent, t.name());
  assert.equal(await client.call("greet", ["Ada"]), "Hello, Ada!");
  assert.equal(await client.call("greet", ["Ada", undefined]), "Hello, Ada!");
  assert.equal(await client.call("greet", ["Ada", "Bye"]), "Bye, Ada!");
});

test("a missing argument is an error that names it", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("add", [1]), /args\[1\] \(b\)/);
});

test("an argument of a wrong type is an error that names it", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("add", ["one", 2]), /args\[0\] \(a\)/);
});

test("what a method throws rejects the call with its message", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("throwError", ["broken"]), { message: "broken" });
});

test("what a method throws later rejects the call too", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("delayedThrow", [10, "later"]), { message: "later" });
});

test("the frame of a failure has no done", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("throwError", ["x"]));
  assert.deepEqual({ ...frames(client, "rpc")[0], id: "" }, { type: "rpc", id: "", success: false, error: "x" });
});

test("a method that is not callable cannot be called", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("privateMethod"), { message: "Method privateMethod is not callable" });
});

test("a method that does not exist cannot be called", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("nowhere"), { message: "Method nowhere does not exist" });
});

for (const method of ["setState", "sql", "destroy", "schedule", "broadcast"]) {
  test(`the framework's own ${method} cannot be called`, async (t) => {
    const client = await t.connect(agent, t.name());
    await assert.rejects(client.call(method, [{}]), /^Error: Method \w+ (is not callable|does not exist)$/);
  });
}

test("inherited methods can be called", async (t) => {
  const client = await t.connect("TestInheritingAgent", t.name());
  assert.equal(await client.call("add", [1, 1]), 2);
  assert.equal(await client.call("own"), "own");
  assert.equal(await client.call("overridden"), "derived");
});

test("calls made before the socket is open are sent once it is", async (t) => {
  const client = t.open(agent, t.name());
  assert.deepEqual(await Promise.all([client.call("add", [1, 2]), client.call("add", [3, 4])]), [3, 7]);
});

test("many concurrent calls each get their own answer", async (t) => {
  const client = await t.connect(agent, t.name());
  const sums = await Promise.all(Array.from({ length: 200 }, (_, i) => client.call("add", [i, 1])));
  assert.deepEqual(sums, Array.from({ length: 200 }, (_, i) => i + 1));
});

test("a quick call overtakes a slow one", async (t) => {
  const client = await t.connect(agent, t.name());
  const order = [];
  const slow = client.call("asyncMethod", [300]).then(() => order.push("slow"));
  const quick = client.call("add", [1, 1]).then(() => order.push("quick"));
  await Promise.all([slow, quick]);
  assert.deepEqual(order, ["quick", "slow"]);
});

test("a call that hangs blocks no other", async (t) => {
  const client = await t.connect(agent, t.name());
  const hanging = client.call("hang", [], { timeout: 300 });
  assert.equal(await client.call("add", [1, 2]), 3);
  await assert.rejects(hanging, { message: "RPC call to hang timed out after 300ms" });
});

test("a default timeout applies to every call, and zero turns it off", async (t) => {
  const client = await t.connect(agent, t.name(), { defaultCallTimeout: 50 });
  await assert.rejects(client.call("hang"), { message: "RPC call to hang timed out after 50ms" });
  assert.equal(await client.call("asyncMethod", [150], { timeout: 0 }), "done");
});

test("an answer that comes after the timeout harms nothing", async (t) => {
  const client = await t.connect(agent, t.name());
  await assert.rejects(client.call("asyncMethod", [150], { timeout: 30 }), /timed out/);
  assert.equal(await client.call("asyncMethod", [200]), "done");
});

test("writes of concurrent calls are not lost", async (t) => {
  const client = await t.connect(agent, t.name());
  await Promise.all(Array.from({ length: 100 }, () => client.call("increment")));
  assert.equal(await client.call("getValue"), 100);
});
