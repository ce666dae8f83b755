// --- view.js: the page; it shows what check() says and decides nothing ------------------------------

const PAGE_ROWS = 100;
const FAULTS_FIRST = 200;
const HITS_MAX = 200;

const state = {
  lang: (navigator.language ?? "").toLowerCase().startsWith("zh") ? 0 : 1,
  given: [], // {path, bytes}
  run: 0, // counts the checks, so that an old one does not speak for a new one
  answer: undefined, // {result, book} or undefined
  shown: { faults: FAULTS_FIRST, notes: FAULTS_FIRST },
  account: undefined, // {account, fund, page}
  query: "",
  hits: undefined,
};

const $ = (id) => document.getElementById(id);
const say = (pair) => pair[state.lang];
const word = (name, values = {}) => Object.entries(values)
  .reduce((text, [key, value]) => text.replaceAll(`{${key}}`, String(value)), say(WORDS[name]));

function el(name, properties, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  // Text is only ever put in as text: what a hostile book says is never read as HTML.
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

/** What a book says, with what would not be seen, or would turn the line around, made visible. */
function plain(text) {
  // The four at the end are letters that show nothing.
  return String(text).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu,
    (c) => (c === "\n" ? c : `\\u{${c.codePointAt(0).toString(16)}}`));
}

function link(text, onclick, label) {
  return el("button", { type: "button", class: "link", onclick, "aria-label": label && plain(label) }, plain(text));
}

function table(columns, rows, foot) {
  const head = columns.map((column) => el("th", { scope: "col", class: column.n ? "n" : undefined }, column.title));
  const line = (row) => el("tr", null, row.map((cell, i) => {
    const red = columns[i].n && typeof cell === "string" && cell.startsWith("-");
    return el("td", { class: [columns[i].class, columns[i].n && "n", red && "red"].filter(Boolean).join(" ") || undefined }, cell);
  }));
  return el("div", { class: "scroll" }, el("table", null, el("thead", null, el("tr", null, head)),
    el("tbody", null, rows.map(line)), foot && el("tfoot", null, foot.map(line))));
}

// --- what is given ---

/** Sorts what was given: the bundle, the earlier ones, policy, checkpoints, proofs. */
function sortGiven(given) {
  const roots = given.filter(({ path }) => /(^|\/)events\.ndjson$/.test(path))
    .map(({ path }) => path.slice(0, -"events.ndjson".length));
  roots.sort((one, other) => other.length - one.length);
  const bundles = new Map(roots.map((root) => [root, new Map()]));
  const out = { bundles, against: [], proofs: [], policies: [], ignored: [] };
  for (const { path, bytes } of given) {
    const root = roots.find((one) => path.startsWith(one));
    if (root !== undefined) bundles.get(root).set(path.slice(root.length), bytes);
    else out[kindOf(bytes)].push({ path, bytes });
  }
  const size = (files) => { try { return parseSince(files.get("since")).size; } catch { return files.has("since") ? 1 : 0; } };
  out.order = [...bundles.keys()].sort((one, other) => size(bundles.get(other)) - size(bundles.get(one)));
  return out;
}

function kindOf(bytes) {
  const text = decode(bytes.subarray(0, 65536)) ?? "";
  if (text.startsWith("c2sp.org/tlog-proof")) return "proofs";
  if (/^(log|witness|group|quorum)[ \t]/m.test(text) && !text.includes("\n— ")) return "policies";
  try { parseCheckpoint(bytes); return "against"; } catch { return text.includes("\n\n— ") ? "against" : "ignored"; }
}

async function give(files) {
  const loose = [];
  for (const { path, file } of files) loose.push({ path, bytes: new Uint8Array(await file.arrayBuffer()) });
  state.given.push(...loose.filter(({ path }) => !state.given.some((other) => other.path === path)));
  const { policies } = sortGiven(state.given);
  for (const { bytes } of policies) $("policy").value = decode(bytes) ?? binary(bytes);
  state.given = state.given.filter(({ path }) => !policies.some((one) => one.path === path));
  showGiven();
  await checkGiven();
}

function showGiven() {
  const { bundles, order, against, proofs, ignored } = sortGiven(state.given);
  const line = (kind, name, used, more) => el("li", null,
    el("span", { class: used ? "tag use" : "tag" }, word(kind)), el("span", { class: "mono" }, plain(name)), more);
  $("given").replaceChildren(
    ...order.map((root, i) => line(i ? "earlier" : "bundle", root.replace(/\/$/, "") || "·", true,
      el("span", { class: "soft small" }, `${bundles.get(root).size} ${word("files")}`))),
    ...against.map(({ path }) => line("kept", path, true)),
    ...proofs.map(({ path }) => line("proof", path, true)),
    ...ignored.map(({ path }) => line("ignored", path, false)),
  );
  $("clear").hidden = state.given.length === 0;
  $("check").disabled = order.length === 0;
}

async function checkGiven() {
  const run = ++state.run;
  const { bundles, order, against, proofs } = sortGiven(state.given);
  state.answer = undefined;
  Object.assign(state, { account: undefined, hits: undefined, query: "", shown: { faults: FAULTS_FIRST, notes: FAULTS_FIRST } });
  $("answer").replaceChildren();
  alarm(order.length || !state.given.length ? undefined : word(proofs.length ? "proofAlone" : "noBundle"));
  if (!order.length) return;
  $("working").hidden = false;
  $("progress").value = 0;
  const policy = $("policy").value.trim() ? utf8.encode($("policy").value) : undefined;
  const days = Number($("age").value);
  const maxAgeSeconds = Number.isInteger(days) && days > 0 ? days * 86400 : undefined;
  try {
    const answered = await check(bundles.get(order[0]), {
      policy, maxAgeSeconds, bases: order.slice(1).map((root) => bundles.get(root)),
      against: against.map(({ bytes }) => bytes), proofs: proofs.map(({ bytes }) => bytes),
      progress: (share) => { if (run === state.run) $("progress").value = share; },
    });
    if (run !== state.run) return;
    state.answer = { ...answered, at: new Date() };
    showAnswer();
  } catch (error) {
    if (run !== state.run) return;
    // Only the auditor's own policy stops a check; anything else is a fault of this page and has to be seen.
    alarm(error instanceof Wrong ? word("policyBad") + plain(error.message) : `${error}\n${error.stack ?? ""}`);
  } finally {
    if (run === state.run) $("working").hidden = true;
  }
}

function alarm(text) {
  $("alarm").hidden = text === undefined;
  $("alarm").textContent = text ?? "";
}

// --- the answer ---

function showAnswer() {
  const { result, book } = state.answer;
  $("answer").replaceChildren(
    verdict(result), ...(book ? [facts(result, book)] : []), faults(result), notes(result),
    ...(book ? [balance(result, book), el("div", { id: "history" }), search(), privateFields(book), findings(book)] : []),
  );
  showHistory();
  showHits();
}

function verdict(result) {
  const { sign, title, means } = VERDICTS[result.outcome];
  const look = { [WITNESSED]: "good", [NOT_WITNESSED]: "open", [BROKEN]: "bad" }[result.outcome];
  const lines = [];
  if (result.outcome === WITNESSED) {
    lines.push(el("p", { class: "size" }, word("upTo", { size: result.witnessed_size, records: result.records })));
    const count = result.records - result.witnessed_size;
    if (count) lines.push(el("p", null, word("after", { count })));
  } else if (result.outcome === NOT_WITNESSED) {
    const reasons = result.notes.filter(({ kind }) => REASONS.includes(kind)).map(({ kind }) => say(NOTES[kind]));
    lines.push(el("p", null, word("reason"), reasons.join(" ")));
  } else {
    lines.push(el("p", { class: "size" }, result.broken_at === null ? word("noRecordBroken") : word("firstBroken", { place: result.broken_at })));
    lines.push(el("p", null, word("counted", { count: result.faults.length })));
    lines.push(el("p", null, result.last_good_checkpoint === null ? word("noGood") : word("lastGood", { size: result.last_good_checkpoint })));
  }
  return el("section", { class: `card verdict ${look}`, id: "verdict" },
    el("div", { class: "sign", "aria-hidden": "true" }, sign),
    el("h2", null, say(title), " ", state.lang === 0 && el("span", { class: "canonical", lang: "en" }, result.outcome)),
    el("div", null, lines), el("p", { class: "means" }, say(means)));
}

// Why a book is not witnessed.
const REASONS = ["checkpoint_missing", "policy_not_given", "quorum_none", "quorum_not_met", "cosignatures_stale",
  "log_key_missing", "log_key_unproved"];

function time(seconds) {
  return new Date(seconds * 1000).toISOString().replace(".000", "");
}

function facts(result, book) {
  const { records, created, key, named, vouchers, acts } = book;
  const ats = records.filter((record) => record.at !== undefined).map((record) => record.at);
  const rows = [
    ["organisation", created && plain(created.organisation)],
    ["origin", plain(records[0]?.ledger ?? "?")],
    ["records", String(result.records)],
    ["span", ats.length ? `${ats[0]} – ${ats.at(-1)}` : undefined],
    ["months", vouchers.closed],
    ["acts", acts.signed ? String(acts.signed) : undefined],
    ["yours", book.policy ? [el("span", { class: "mono" }, `SHA-256 ${book.policySum}`)] : word("yoursNone")],
    ["witnesses", result.witnesses.length
      ? result.witnesses.map((one) => el("div", null, plain(one.key), " ", el("span", { class: "soft" }, time(one.time)))) : word("nobody")],
    ["keyInUse", key && [el("span", { class: "mono" }, plain(decode(unbinary(key.text)) ?? key.text)), " ",
      el("span", { class: "soft small" }, word(named.length ? "keyYours" : "keyOwn"))]],
    ["head", el("span", { class: "mono" }, result.chain_head)],
    ["root", el("span", { class: "mono" }, result.root)],
    ["checkedAt", time(book.now)],
  ];
  return el("section", null,
    el("dl", { class: "facts" }, rows.filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) => [el("dt", null, word(name)), el("dd", null, value)])),
    el("div", { class: "buttons no-print" },
      el("button", { type: "button", onclick: () => window.print() }, word("print")),
      el("button", { type: "button", onclick: save }, word("save"))));
}

function save() {
  const bytes = utf8.encode(`${JSON.stringify(state.answer.result, null, 1)}\n`);
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/json" }));
  el("a", { href: url, download: "verify.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function place(record) {
  return record === null ? word("whole") : state.answer.book?.records[record]
    ? link(String(record), () => openRecord(record), word("recordTitle", { place: record })) : String(record);
}

function found(items, meanings, title) {
  const columns = [{ title: word("place") }, { title: word(title), class: "what" },
    { title: word("expected"), class: "value" }, { title: word("found"), class: "value" }];
  const mono = (text) => el("span", { class: "mono" }, plain(text));
  return table(columns, items.map((item) => [place(item.record),
    [el("div", null, say(meanings[item.kind])), el("div", { class: "code" }, item.kind)], mono(item.expected), mono(item.found)]));
}

/** Faults or notes, the first of them, and a button for more: a hostile book has very many. */
function listed(name, all, meanings, title) {
  const shown = all.slice(0, state.shown[name]);
  const left = all.length - shown.length;
  const more = () => { state.shown[name] += 5 * FAULTS_FIRST; $(name).replaceWith(listed(name, all, meanings, title)); };
  return el("section", { id: name },
    el("h2", null, all.length ? `${word(name)} (${all.length})` : word(name)),
    all.length ? found(shown, meanings, title) : el("p", null, word("noFaults")),
    left > 0 && el("div", { class: "pager" }, el("button", { type: "button", onclick: more },
      word("more", { count: Math.min(left, 5 * FAULTS_FIRST), left }))));
}

function faults({ faults: all }) {
  return listed("faults", all, FAULTS, "fault");
}

function notes({ notes: all }) {
  return all.length ? listed("notes", all, NOTES, "note") : "";
}

// --- trial balance and history ---

function nameOf(account) {
  const charted = state.answer.book.chart?.get(account);
  if (charted) return state.lang === 1 && isText(charted.en) ? `${charted.en} ${charted.zh}` : charted.zh;
  const record = state.answer.book.records.find((one) => one.entries?.some((entry) => entry.account === account));
  return record?.entries.find((entry) => entry.account === account).name ?? "";
}

function balance({ trial_balance: rows }) {
  const columns = [{ title: word("account") }, { title: word("name") }, { title: word("fund") },
    ...["debit", "credit", "left"].map((name) => ({ title: word(name), n: true }))];
  const sum = (name) => yuan(rows.reduce((total, row) => total + fen(row[name], MONEY_SUM), 0n));
  const lines = rows.map((row) => [
    link(row.account, () => showAccount(row.account), `${word("history")}${row.account}`), plain(nameOf(row.account)),
    link(row.fund, () => showAccount(row.account, row.fund), `${word("history")}${row.account} ${row.fund}`),
    row.debit, row.credit, row.balance]);
  return el("section", { id: "balance" }, el("h2", null, word("balance")),
    el("p", { class: "soft small" }, word("balanceText")),
    rows.length ? table(columns, lines, [[word("total"), "", "", sum("debit"), sum("credit"), sum("balance")]]) : el("p", null, word("noVouchers")));
}

function showAccount(account, fund) {
  state.account = { account, fund, page: 0 };
  showHistory();
  $("history").scrollIntoView({ block: "start" });
  $("history").querySelector("h2").focus();
}

function historyOf(account, fund) {
  const rows = [];
  let left = 0n;
  for (const record of state.answer.book.records) {
    for (const entry of record.entries ?? []) {
      if (entry.account !== account || fund !== undefined && entry.fund !== fund) continue;
      left += entry.side === "debit" ? entry.amount : -entry.amount;
      rows.push({ record, entry, left });
    }
  }
  return rows;
}

function showHistory() {
  if (!state.account || !$("history")) return;
  const { account, fund, page } = state.account;
  const rows = historyOf(account, fund);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const columns = [{ title: word("date") }, { title: word("voucher") }, { title: word("fund") },
    ...["debit", "credit", "left"].map((name) => ({ title: word(name), n: true })), { title: word("place"), n: true }];
  const lines = rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS).map(({ record, entry, left }) => [
    record.date ?? "?", plain(show(record.body.voucher)), plain(entry.fund),
    entry.side === "debit" ? yuan(entry.amount) : "", entry.side === "credit" ? yuan(entry.amount) : "", yuan(left),
    place(record.place)]);
  const turn = (step) => () => { state.account.page += step; showHistory(); };
  $("history").replaceChildren(el("section", null,
    el("h2", { tabindex: "-1" }, word("history"), el("bdi", null, plain(account)), " ", el("bdi", null, plain(nameOf(account))), " · ", el("bdi", null, plain(fund ?? word("allFunds")))),
    table(columns, lines),
    el("div", { class: "pager" },
      pages > 1 && [el("button", { type: "button", disabled: page === 0, onclick: turn(-1) }, word("previous")),
        el("span", null, word("page", { page: page + 1, pages })),
        el("button", { type: "button", disabled: page >= pages - 1, onclick: turn(1) }, word("next"))],
      el("button", { type: "button", onclick: () => { state.account = undefined; $("history").replaceChildren(); } }, word("close")))));
}

// --- records ---

function openRecord(number) {
  const dialog = $("record");
  const { records } = state.answer.book;
  const record = records[number];
  const go = (step) => el("button", {
    type: "button", disabled: !records[number + step], onclick: () => openRecord(number + step),
    "aria-label": word(step < 0 ? "before" : "afterOne"),
  }, step < 0 ? "←" : "→");
  dialog.replaceChildren(
    el("div", { class: "dialog-head" }, el("h2", { id: "record-title", tabindex: "-1" }, word("recordTitle", { place: number })),
      go(-1), go(1), el("button", { type: "button", onclick: () => dialog.close() }, word("close"))),
    el("div", { class: "dialog-body" }, recordBody(record, number)));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  $("record-title").focus();
}

function recordBody(record, number) {
  const here = ({ record: of }) => of === number;
  const { result } = state.answer;
  const own = [...result.faults.filter(here).map((one) => [one, FAULTS]), ...result.notes.filter(here).map((one) => [one, NOTES])];
  const { records } = state.answer.book;
  const acts = [];
  for (let i = number + 1; records[i]?.type === "act.signed"; i++) {
    if (records[i].counts) acts.push(el("div", null, plain(records[i].body.officer), " ", place(i)));
  }
  const rows = [
    ["type", record.type && [plain(record.type), " ", el("span", { class: "soft" }, say(TYPES[record.type] ?? ["", ""]))]],
    ["at", record.at], ["actor", record.actor && plain(record.actor)],
    ["signedBy", acts.length && record.type !== "act.signed" ? acts : undefined],
    ["voucher", record.voucher], ["date", record.date],
    ["chainHash", el("span", { class: "mono" }, record.hash)],
    ["leaf", el("span", { class: "mono" }, base64(leafHash(record.bytes)))],
  ];
  const entries = record.entries && table(
    [{ title: word("account") }, { title: word("name") }, { title: word("fund") }, { title: word("debit"), n: true }, { title: word("credit"), n: true }],
    record.entries.map(({ account, name, fund, side, amount }) => [plain(account), plain(name), plain(fund),
      side === "debit" ? yuan(amount) : "", side === "credit" ? yuan(amount) : ""]));
  return [
    ...own.map(([fault, meanings]) => el("div", { class: "hint" }, el("strong", null, say(meanings[fault.kind])), " ",
      el("span", { class: "code" }, fault.kind), el("div", { class: "mono" }, plain(`${word("expected")}: ${fault.expected}`)),
      el("div", { class: "mono" }, plain(`${word("found")}: ${fault.found}`)))),
    el("dl", { class: "facts" }, rows.filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) => [el("dt", null, word(name)), el("dd", null, value)])),
    entries && [el("h3", null, word("voucher")), entries],
    el("h3", null, word("content")),
    record.value ? el("pre", null, plain(pretty(record.body ?? record.value))) : el("p", null, word("unreadable")),
    el("h3", null, word("rawLine")), el("pre", null, plain(decode(record.bytes) ?? binary(record.bytes))),
  ].flat().filter(Boolean);
}

function pretty(value) {
  return JSON.stringify(value, (_, item) => (item instanceof NotACount ? item.text : item), 2);
}

// --- search ---

function search() {
  const input = el("input", { type: "search", id: "query", placeholder: word("searchText"), "aria-label": word("search"), value: state.query });
  const go = (event) => { event.preventDefault(); state.query = input.value.trim(); state.hits = find(state.query); showHits(); };
  return el("section", { class: "no-print" }, el("h2", null, word("search")),
    el("form", { class: "find", onsubmit: go }, input, el("button", { type: "submit" }, word("searchGo"))),
    el("div", { id: "hits" }));
}

function find(query) {
  if (!query) return undefined;
  const wanted = query.toLowerCase();
  return state.answer.book.records.filter((record) => String(record.place) === query
    || (decode(record.bytes) ?? "").toLowerCase().includes(wanted)).map((record) => record.place);
}

function showHits() {
  if (!state.hits || !$("hits")) return;
  const { records } = state.answer.book;
  const shown = state.hits.slice(0, HITS_MAX);
  const columns = [{ title: word("place"), n: true }, { title: word("date") }, { title: word("type") },
    { title: word("voucher") }, { title: word("content"), class: "what" }];
  const rows = shown.map((number) => {
    const record = records[number];
    return [place(number), record.date ?? record.at ?? "", plain(say(TYPES[record.type] ?? [record.type ?? "?", record.type ?? "?"])),
      record.voucher ?? "", excerpt(decode(record.bytes) ?? "")];
  });
  $("hits").replaceChildren(
    el("p", { role: "status" }, word(shown.length < state.hits.length ? "hitsFirst" : "hits", { count: state.hits.length, shown: shown.length })),
    ...(rows.length ? [table(columns, rows)] : []));
}

function excerpt(text) {
  const at = text.toLowerCase().indexOf(state.query.toLowerCase());
  const from = Math.max(0, at - 30);
  const end = at + state.query.length;
  return el("span", { class: "mono" }, plain(`${from ? "…" : ""}${text.slice(from, Math.max(at, from))}`),
    at >= 0 && el("mark", null, plain(text.slice(at, end))), plain(`${text.slice(Math.max(end, 0), end + 50)}…`));
}

// --- private fields, findings ---

function privateFields({ privacy, openings }) {
  const rows = [];
  for (const [subject, { fields }] of privacy.subjects) {
    for (const [name, field] of fields) {
      const known = openings.get(subject)?.get(name);
      const value = field.erasedBy !== undefined ? link(word("erasedBy", { place: field.erasedBy }), () => openRecord(field.erasedBy))
        : known?.shown !== undefined ? plain(known.shown) : word(known?.withheld ? "withheld" : "notShown");
      rows.push([plain(subject), plain(name), value]);
    }
  }
  if (!rows.length) return "";
  return el("section", { id: "private" }, el("h2", null, word("privacy")), el("p", { class: "soft small" }, word("privacyText")),
    table([{ title: word("subject") }, { title: word("field") }, { title: word("state") }], rows.slice(0, 2000)));
}

function findings({ acts, records }) {
  if (!acts.findings.size) return "";
  const rows = records.filter((record) => record.type === "finding.raised" && record.fact).map((record) => [
    place(record.place), plain(record.fact.finding), [el("div", null, plain(record.fact.says)), el("div", { class: "soft" }, plain(record.fact.asks))],
    word(acts.findings.get(record.fact.finding))]);
  return el("section", { id: "findings" }, el("h2", null, word("findings")),
    table([{ title: word("place") }, { title: word("finding") }, { title: word("content"), class: "what" }, { title: word("status") }], rows));
}

// --- language, input, start ---

function speak(lang) {
  state.lang = lang;
  document.documentElement.lang = lang ? "en" : "zh-CN";
  document.title = say(WORDS.title);
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  $("zh").setAttribute("aria-pressed", String(lang === 0));
  $("en").setAttribute("aria-pressed", String(lang === 1));
  showGiven();
  if (state.answer) showAnswer();
}

/** Every file of what was dropped, folders and all. */
async function dropped(items) {
  const files = [];
  const walk = async (entry, path) => {
    if (entry.isFile) {
      files.push({ path, file: await new Promise((good, bad) => entry.file(good, bad)) });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) return;
      for (const one of some) await walk(one, `${path}/${one.name}`);
    }
  };
  // The list is empty as soon as this turn ends, so the entries are taken at once.
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  for (const entry of entries) await walk(entry, entry.name);
  return files;
}

function start() {
  const picked = (input) => async () => {
    const files = [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    input.value = "";
    await give(files);
  };
  $("folder").addEventListener("change", picked($("folder")));
  $("files").addEventListener("change", picked($("files")));
  $("choose-folder").addEventListener("click", () => $("folder").click());
  $("choose-files").addEventListener("click", () => $("files").click());
  $("check").addEventListener("click", checkGiven);
  $("clear").addEventListener("click", () => { state.given = []; state.run++; $("working").hidden = true; showGiven(); checkGiven(); });
  $("zh").addEventListener("click", () => speak(0));
  $("en").addEventListener("click", () => speak(1));
  window.addEventListener("dragover", (event) => { event.preventDefault(); $("drop").classList.add("over"); });
  window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) $("drop").classList.remove("over"); });
  window.addEventListener("drop", async (event) => {
    event.preventDefault();
    $("drop").classList.remove("over");
    await give(await dropped(event.dataTransfer.items));
  });
  window.addEventListener("beforeprint", () => {
    // On paper nobody can ask for more.
    const { faults: all, notes: said } = state.answer?.result ?? { faults: [], notes: [] };
    if (all.length > state.shown.faults || said.length > state.shown.notes) {
      state.shown = { faults: Infinity, notes: Infinity };
      $("faults").replaceWith(faults(state.answer.result));
      $("notes")?.replaceWith(notes(state.answer.result));
    }
  });
  speak(state.lang);
}

// --- for tests and other programs: the same check without the page ---

function bytesOf(value) {
  return typeof value === "string" ? unbinary(atob(value)) : value;
}

function filesOf(files) {
  return new Map(Object.entries(files).map(([path, value]) => [path, bytesOf(value)]));
}

/** `files`: path → bytes or base64; `options`: {policy, now, maxAgeSeconds, against, bases, proof, sample}. */
async function verify(files, options = {}) {
  const { policy, now, maxAgeSeconds, against = [], bases = [], proof, sample } = options;
  const proofs = proof === undefined ? [] : [proof].flat();
  try {
    const { result } = await check(filesOf(files), {
      policy: policy === undefined ? undefined : bytesOf(policy), now, maxAgeSeconds, sample,
      against: against.map(bytesOf), bases: bases.map(filesOf), proofs: proofs.map(bytesOf),
    });
    return result;
  } catch (error) {
    if (error instanceof Wrong) return { error: `policy: ${error.message}` };
    throw error;
  }
}

window.mingzhang = Object.freeze({ verify });
start();
