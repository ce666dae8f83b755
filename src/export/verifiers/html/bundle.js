// --- bundle.js: the files, and the bundles that one continues (FORMAT 13.3) -------------------------

/** The bundle that this one continues is not there: `base_wrong`, and nothing else is said. */
class Stop extends Error {
  constructor(expected, found) {
    super(`base_wrong: expected ${expected}, found ${found}`);
    Object.assign(this, { expected, found });
  }
}

/**
 * The records of a bundle after those that it continues: {lines, torn, parts}; `parts` are the files of each
 * bundle, the newest last.
 */
function loadBundle(files, bases, report) {
  const own = linesOf(files.get("events.ndjson") ?? new Uint8Array());
  if (!files.has("since")) return { ...own, parts: [files] };
  const wrong = (expected, found) => report.fault(null, "consistency_wrong", expected, found);
  let since;
  try { since = parseSince(files.get("since")); } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    throw new Stop(error.message, "since of another form");
  }
  let checkpoint;
  try { checkpoint = parseCheckpoint(files.get("checkpoint") ?? new Uint8Array()); } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    wrong(error.message, files.has("checkpoint") ? "checkpoint of another form" : "no checkpoint");
  }
  if (checkpoint && !consistencyHolds(since.size, checkpoint.size, since.hashes, since.root, checkpoint.root)) {
    wrong(`a proof from ${since.size} to ${checkpoint.size}`, "one that does not hold");
  }
  const base = findBase(since, bases, report);
  // The last line of the earlier one is torn also where others follow it here.
  if (base.torn && base.lines.length === since.size) {
    report.fault(since.size - 1, "line_torn", "a line feed at the end", "none");
  }
  const lines = [...base.lines.slice(0, since.size), ...own.lines];
  return { lines, torn: own.torn, parts: [...base.parts, files] };
}

function findBase({ size, root }, bases, report) {
  let found = "no earlier bundle";
  for (const base of bases) {
    const own = new Report();
    let loaded;
    try {
      loaded = loadBundle(base, bases.filter((other) => other !== base), own);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      found = "a bundle that cannot be read by itself";
      continue;
    }
    if (loaded.lines.length < size) { found = `${loaded.lines.length} records`; continue; }
    const tree = new Tree();
    for (const line of loaded.lines.slice(0, size)) tree.add(leafHash(line));
    if (!sameBytes(tree.root(), root)) { found = `root ${base64(tree.root())}`; continue; }
    for (const fault of own.faults) report.fault(fault.record, fault.kind, fault.expected, fault.found);
    return loaded;
  }
  throw new Stop(`${size} records with root ${base64(root)}`, found);
}

/** The files below a folder, by their name in it. */
function filesBelow(files, folder) {
  const out = new Map();
  for (const [path, bytes] of files) if (path.startsWith(folder)) out.set(path.slice(folder.length), bytes);
  return out;
}

async function checkSums(files, report, pause) {
  const bytes = files.get("SHA256SUMS");
  if (!bytes) return;
  const { lines, torn } = linesOf(bytes);
  if (torn) report.fault(null, "sums_form", "a line feed at the end", "none");
  for (const line of lines) {
    const text = decode(line) ?? "";
    const found = /^([0-9a-f]{64})  ([^/][^]*)$/.exec(text);
    const path = found?.[2] ?? "";
    if (!found || path.split("/").includes("..")) {
      report.fault(null, "sums_form", "64 hex digits, two spaces, a path", show(text));
      continue;
    }
    const file = files.get(path);
    if (!file) { report.fault(null, "file_missing", path, "none"); continue; }
    const sum = hex(noble.sha256(file));
    if (sum !== found[1]) report.fault(null, "file_differs", `${path} ${found[1]}`, sum);
    await pause();
  }
}
