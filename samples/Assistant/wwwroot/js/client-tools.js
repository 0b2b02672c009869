// Tools of the agent that this page executes: what only the browser knows.

const TOOLS = {
  get_time_zone: () => ({
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    localTime: localTime(new Date()),
  }),
};

/** @returns {{ result: unknown } | { error: string }} the outcome of a call, as the server wants it */
export function runInPage(call) {
  const tool = TOOLS[call.toolName];
  if (!tool) return { error: `The page has no tool ${call.toolName}.` };
  try {
    return { result: tool(call.arguments) };
  } catch (error) {
    return { error: String(error) };
  }
}

// ISO 8601 with the offset, which toISOString does not give.
function localTime(date) {
  const minutes = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const two = (number) => String(Math.trunc(number)).padStart(2, "0");
  return `${shifted}${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
