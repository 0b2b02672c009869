// Brings the clients of one version into a case's context.
import WebSocket from "ws";
import { Context, eventually, within } from "./harness.mjs";

// Everything else is as the package has it; a case that reconnects need not wait for three seconds.
const FAST = { minReconnectionDelay: 20, maxReconnectionDelay: 100, reconnectionDelayGrowFactor: 1.1 };

export async function makeContext(suite, url, version) {
  if (suite.options.dom) await import("./dom.mjs");
  const library = await import(`agents-${version}/client`);
  const context = new Context(url, library);
  context.version = version;
  context.fast = FAST;
  context.socket = WebSocket;

  context.open = (agent, name, options = {}) => {
    const client = new library.AgentClient({
      agent,
      name,
      host: context.host,
      protocol: "ws",
      WebSocket,
      ...FAST,
      ...options,
    });
    client.messages = [];
    client.addEventListener("message", (event) => client.messages.push(event.data));
    context.after(() => client.close());
    return client;
  };

  context.connect = async (agent, name, options) => {
    const client = context.open(agent, name, options);
    await within(client.ready, `${agent}/${name} is ready`);
    return client;
  };

  // A client whose three initial frames are there.
  context.settle = async (agent, name, options) => {
    const client = await context.connect(agent, name, options);
    await eventually(() => client.messages.some((text) => text.includes("cf_agent_mcp_servers")), "the last frame");
    return client;
  };

  context.agentFetch = (options, init) =>
    library.agentFetch({ host: context.host, protocol: "http", ...options }, init);
  return context;
}

export const frames = (client, type) =>
  client.messages
    .filter((data) => typeof data === "string" && data.startsWith("{"))
    .map((data) => JSON.parse(data))
    .filter((frame) => !type || frame.type === type);
