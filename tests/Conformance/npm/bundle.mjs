// Bundles the client of the package `agents`, unmodified, for pages that are served without a build of their own.
//
//   npm ci && npm run bundle          writes samples/Counter/wwwroot/agents-client.js
//   node bundle.mjs --print           prints it
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const outfile = fileURLToPath(new URL("../../../samples/Counter/wwwroot/agents-client.js", import.meta.url));
const print = process.argv.includes("--print");

const result = await build({
  stdin: { contents: 'export { AgentClient } from "agents-0.32/client";', resolveDir: here },
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  banner: { js: "/* From npm: agents 0.32.0 and what it uses; licences in agents-client.LICENSE.txt. */" },
  write: !print,
  outfile,
});
if (print) {
  process.stdout.write(result.outputFiles[0].text);
} else {
  const licences = { "agents-0.32": "LICENSE", partysocket: "LICENSE.txt", capnweb: "LICENSE.txt" };
  const texts = Object.entries(licences).map(([name, file]) => {
    const text = readFileSync(`${here}node_modules/${name}/${file}`, "utf8").trimEnd();
    return `${name.replace(/-0.*/, "")}\n\n${text}\n`;
  });
  writeFileSync(outfile.replace(/js$/, "LICENSE.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}
