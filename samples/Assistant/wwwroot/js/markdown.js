// Markdown as DOM nodes. Text only ever becomes text nodes, so nothing that a model or a document says can become
// markup of the page. What is not known here shows as it is written.

const FENCE = /^\s*```(\S*)\s*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const BULLET = /^(\s*)[-*+]\s+(.*)$/;
const NUMBER = /^(\s*)(\d+)[.)]\s+(.*)$/;
const QUOTE = /^\s*>\s?(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const TABLE_LINE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;
const INLINE =
  /(`+)(.+?)\1|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:.*?\S)?)\*|\b_(\S(?:.*?\S)?)_\b|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)"']+)/s;

/** Renders Markdown into a fragment. */
export function markdown(text) {
  const fragment = document.createDocumentFragment();
  blocks(text.replace(/\r\n?/g, "\n").split("\n"), fragment);
  return fragment;
}

function blocks(lines, parent) {
  let i = 0;
  while (i < lines.length) {
    const line = lines[i];
    const fence = FENCE.exec(line);
    if (fence) {
      let end = i + 1;
      while (end < lines.length && !FENCE.test(lines[end])) end++;
      const code = element("code", lines.slice(i + 1, end).join("\n"));
      append(parent, "pre", code);
      i = end + 1;
    } else if (HEADING.test(line)) {
      const [, level, content] = HEADING.exec(line);
      inline(content, append(parent, `h${Math.min(level.length + 1, 4)}`));
      i++;
    } else if (RULE.test(line)) {
      append(parent, "hr");
      i++;
    } else if (QUOTE.test(line)) {
      const quoted = [];
      while (i < lines.length && QUOTE.test(lines[i])) quoted.push(QUOTE.exec(lines[i++])[1]);
      blocks(quoted, append(parent, "blockquote"));
    } else if (line.includes("|") && TABLE_LINE.test(lines[i + 1] ?? "")) {
      i = table(lines, i, parent);
    } else if (BULLET.test(line) || NUMBER.test(line)) {
      i = list(lines, i, parent);
    } else if (line.trim() === "") {
      i++;
    } else {
      const words = [];
      do words.push(lines[i++].trim());
      while (i < lines.length && lines[i].trim() !== "" && !startsBlock(lines[i]));
      inline(words.join("\n"), append(parent, "p"));
    }
  }
}

function startsBlock(line) {
  return [FENCE, HEADING, QUOTE, BULLET, NUMBER, RULE].some((start) => start.test(line));
}

function list(lines, start, parent) {
  const ordered = NUMBER.test(lines[start]);
  const marker = ordered ? NUMBER : BULLET;
  const first = marker.exec(lines[start]);
  const indent = first[1].length;
  const element = append(parent, ordered ? "ol" : "ul");
  if (ordered && first[2] !== "1") element.start = Number(first[2]);
  let i = start;
  while (i < lines.length) {
    const item = marker.exec(lines[i]);
    if (!item || item[1].length !== indent) break;
    const inner = [item.at(-1)];
    i++;
    while (i < lines.length && belongs(lines[i], indent)) inner.push(lines[i++].replace(/^\s{1,4}/, ""));
    const li = append(element, "li");
    if (inner.length === 1) inline(inner[0], li);
    else blocks(inner, li);
    while (lines[i]?.trim() === "" && marker.exec(lines[i + 1] ?? "")?.[1].length === indent) i++;
  }

  return i === start ? start + 1 : i;
}

function belongs(line, indent) {
  return line.trim() !== "" && (/^\s*/.exec(line)[0].length > indent || !startsBlock(line));
}

function table(lines, start, parent) {
  const holder = append(parent, "div");
  holder.className = "table";
  const element = append(holder, "table");
  let i = start;
  row(lines[i], append(append(element, "thead"), "tr"), "th");
  const body = append(element, "tbody");
  for (i += 2; i < lines.length && lines[i].includes("|"); i++) row(lines[i], append(body, "tr"), "td");
  return i;
}

function row(line, tr, cell) {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  for (const text of inner.split("|")) inline(text.trim(), append(tr, cell));
}

function inline(text, parent) {
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    parent.append(rest.slice(0, match.index));
    const [all, , code, strong, star, underscore, label, target, url] = match;
    if (code !== undefined) append(parent, "code", code.trim());
    else if (strong !== undefined) inline(strong, append(parent, "strong"));
    else if (label !== undefined) link(label, target, parent);
    else if (url !== undefined) link(url, url, parent);
    else inline(star ?? underscore, append(parent, "em"));
    rest = rest.slice(match.index + all.length);
  }

  parent.append(rest);
}

// Only the web is linked to: a path inside the documents leads nowhere from here, and other schemes may run code.
function link(label, target, parent) {
  if (!/^https?:\/\//i.test(target)) {
    inline(label, append(parent, "span"));
    return;
  }

  const a = append(parent, "a", label);
  a.href = target;
  a.rel = "noreferrer noopener";
  a.target = "_blank";
}

function append(parent, name, content) {
  const child = element(name, content);
  parent.append(child);
  return child;
}

function element(name, content) {
  const created = document.createElement(name);
  if (content !== undefined) created.append(content);
  return created;
}
