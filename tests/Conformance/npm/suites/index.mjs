import { connecting } from "./connecting.mjs";
import { state } from "./state.mjs";
import { rpc } from "./rpc.mjs";
import { streaming } from "./streaming.mjs";
import { closing } from "./closing.mjs";
import { routing } from "./routing.mjs";
import { requests } from "./requests.mjs";
import { hook } from "./hook.mjs";

export const suites = [connecting, state, rpc, streaming, closing, routing, requests, hook];
