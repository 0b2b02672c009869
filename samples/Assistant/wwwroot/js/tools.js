// How the assistant's tools read in one line.

const TOOLS = {
  search_docs: {
    title: "Search the documents",
    arguments: ({ query }) => `“${query}”`,
    outcome: ({ hits }) => count(hits.length, "section"),
  },
  read_page: {
    title: "Read",
    arguments: ({ path, fromLine }) => (fromLine > 1 ? `${path}, from line ${fromLine}` : path),
    outcome: ({ fromLine, toLine }) => count(toLine - fromLine + 1, "line"),
  },
  save_note: {
    title: "Save a note",
    arguments: ({ text }) => `“${text}”`,
    outcome: ({ notes }) => count(notes.length, "note"),
  },
  send_mail: {
    title: "Send a mail",
    arguments: ({ to, subject }) => `to ${to}: “${subject}”`,
    outcome: ({ to }) => `sent to ${to}`,
  },
  get_time_zone: {
    title: "Ask the browser for its time zone",
    arguments: () => "",
    outcome: ({ timeZone }) => timeZone,
  },
  list_notes: { title: "Read the notes", arguments: () => "", outcome: ({ notes }) => count(notes.length, "note") },
};

/** @returns {{ title: string, detail: string, outcome: string }} */
export function describe(tool) {
  const known = TOOLS[tool.name];
  return {
    title: known?.title ?? tool.name,
    detail: attempt(() => known.arguments(tool.arguments)) ?? json(tool.arguments),
    outcome:
      tool.state === "running"
        ? "running"
        : tool.state === "waiting"
          ? "waiting"
          : tool.state === "failed"
            ? /^A person refused/.test(tool.result)
              ? "refused"
              : "failed"
            : (attempt(() => known.outcome(tool.result)) ?? "done"),
  };
}

/** Arguments and result in full. */
export function inFull(tool) {
  const parts = [`${tool.name}(${json(tool.arguments, 2)})`];
  if (tool.state !== "running" && tool.state !== "waiting") parts.push(typeof tool.result === "string" ? tool.result : json(tool.result, 2));
  return parts.join("\n\n");
}

// A newer server may give another shape than the one known here.
function attempt(give) {
  try {
    return give();
  } catch {
    return undefined;
  }
}

function json(value, indent) {
  return value === undefined ? "" : JSON.stringify(value, null, indent);
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
