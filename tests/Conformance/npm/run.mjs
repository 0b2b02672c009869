// Drives a server with the unmodified npm clients and prints the result of each case as JSON.
//
//   node run.mjs --list
//   node run.mjs --url http://127.0.0.1:18787 --client 0.32 [--suite rpc] [--case "part of a name"]
import { parseArgs } from "node:util";
import { runCase } from "./harness.mjs";
import { makeContext } from "./clients.mjs";
import { suites } from "./suites/index.mjs";

const { values } = parseArgs({
  options: {
    list: { type: "boolean" },
    url: { type: "string", default: "http://127.0.0.1:18787" },
    client: { type: "string", default: "0.32" },
    suite: { type: "string" },
    case: { type: "string" },
  },
});

const selected = suites.filter((suite) => !values.suite || suite.name === values.suite);
if (values.list) {
  const cases = selected.flatMap((suite) => suite.cases.map((test) => ({ suite: suite.name, case: test.name })));
  process.stdout.write(JSON.stringify(cases, null, 2) + "\n");
} else {
  // The clients warn about what cases provoke; standard output is for the results.
  console.log = console.warn = console.error = (...text) => process.stderr.write(text.join(" ") + "\n");
  const results = [];
  for (const suite of selected) {
    for (const test of suite.cases.filter((test) => !values.case || test.name.includes(values.case))) {
      results.push(await runCase(suite, test, () => makeContext(suite, values.url, values.client)));
    }
  }
  process.stdout.write(JSON.stringify(results, null, 2) + "\n", () => process.exit(0));
}
