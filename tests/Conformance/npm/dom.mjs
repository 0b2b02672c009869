// What React and the hooks expect of a browser.
import { JSDOM } from "jsdom";
import WebSocket from "ws";

const { window } = new JSDOM("<!doctype html><div id=root></div>", { url: "http://localhost/" });
const take = (name) => Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });

globalThis.window = window;
for (const name of ["document", "navigator", "HTMLElement", "Node", "MutationObserver"]) take(name);
globalThis.WebSocket = window.WebSocket = WebSocket;
globalThis.IS_REACT_ACT_ENVIRONMENT = false;
