// The npm client of Cloudflare Agents, unmodified (see tests/Conformance/npm/bundle.mjs).
import { AgentClient } from "./agents-client.js";

const animals = ["Otter", "Heron", "Badger", "Lynx", "Owl", "Hare", "Seal", "Wren", "Stoat", "Finch"];
const address = new URL(location.href).searchParams;
const me = address.get("as") ?? animals[Math.floor(Math.random() * animals.length)];
const room = address.get("room") ?? "main";
const element = (id) => document.getElementById(id);

function say(status, text) {
  element("status").dataset.status = status;
  element("status").textContent = text;
}

function show(state) {
  element("count").textContent = state.count;
  element("people").replaceChildren(
    ...state.people.map((name) => {
      const person = document.createElement("li");
      person.textContent = name;
      return person;
    }),
  );
}

const counter = new AgentClient({
  agent: "SharedCounter",
  name: room,
  host: location.host,
  protocol: location.protocol === "https:" ? "wss" : "ws",
  query: { as: me },
  minReconnectionDelay: 300,
  onStateUpdate: show,
  onIdentity: (name) => say("connected", `Connected to ${name} as ${me}`),
});
counter.addEventListener("close", () => say("connecting", "Connecting again"));
element("more").addEventListener("click", () => counter.call("add"));
element("less").addEventListener("click", () => counter.call("add", [-1]));
element("room").textContent = `Shared counter: ${room}`;
