// --- bodies.js: the fields of each fact that FORMAT describes (4, 8, 10, 11, 17–21) ----------------

const ROLES = ["chair", "vice_chair", "committee", "finance_head", "accountant", "cashier", "clerk",
  "audit_chair", "audit_member"];
const AUDITORS = ["audit_chair", "audit_member"];
const ASKING = ["chair", "vice_chair", "committee", "finance_head", "accountant", "clerk"];
// What says who may do what. Once a book has acts signed, these always are (FORMAT 18.2).
const CONSTITUTING = ["approval_bands", "acts_signed"];
const constitutes = ({ type, fact }) => ["officer.appointed", "officer.removed", "substitute.named"].includes(type)
  || type === "rule.set" && CONSTITUTING.includes(fact.rule.name);
// Who may do what, where it does not depend on an amount (FORMAT 18.1).
const OFFICES = {
  "officer.appointed": ["chair"],
  "officer.removed": ["chair"],
  "rule.set": ({ rule }) => (CONSTITUTING.includes(rule.name) ? ["chair"] : ["chair", "finance_head"]),
  "officer_key.registered": ROLES,
  "witness.changed": ["chair"],
  "substitute.named": ["chair"],
  "key.rotated": ({ proof_old }) => ["chair", "accountant", ...(proof_old === undefined ? AUDITORS : [])],
  "disbursement.requested": ASKING,
  "disbursement.cancelled": ASKING,
  "disbursement.paid": ["cashier"],
  "adjustment.recorded": AUDITORS,
  "finding.raised": AUDITORS,
  "finding.cleared": AUDITORS,
  "audit.concluded": ["audit_chair"],
  "period.reopened": ["chair", ...AUDITORS],
};
const SIGNABLE = [...Object.keys(OFFICES), "approval.given", "approval.refused"];

const isId = (value) => typeof value === "string" && /^[a-z0-9][a-z0-9-]{0,39}$/.test(value);
const isString = (value) => typeof value === "string";
// Its form is said elsewhere (FORMAT 11).
const isAnything = () => true;
const isAmount = (value) => fen(value) !== undefined;
const isSum = (value) => fen(value, MONEY_SUM) !== undefined;
const isHash = (value) => isHex(value, 64);
const isSigned = (value) => unbase64(value)?.length === 68;
const isRoles = (value) => arrayOf((role) => ROLES.includes(role), 0, ROLES.length)(value)
  && new Set(value).size === value.length;
const oneOf = (...values) => (value) => values.includes(value);
const arrayOf = (test, least = 0, most = Infinity) => (value) => Array.isArray(value)
  && value.length >= least && value.length <= most && value.every(test);
const oneField = (...names) => (value) => isObject(value) && Object.keys(value).length === 1 && !DOUBLED.has(value)
  && names.some((name) => isText(value[name]));

/** The three rules that FORMAT describes; others are not looked into. */
const RULES = {
  approval_bands: (rule) => hasExactly(rule, ["name", "bands"]) && arrayOf(isObject, 1)(rule.bands)
    && rule.bands.every((band, i) => {
      const last = i === rule.bands.length - 1;
      return hasExactly(band, last ? ["roles"] : ["roles", "up_to"])
        && isRoles(band.roles) && band.roles.length > 0
        && (last || isAmount(band.up_to) && (i === 0 || fen(band.up_to) > fen(rule.bands[i - 1].up_to)));
    }),
  acts_signed: (rule) => hasExactly(rule, ["name", "types"]) && arrayOf((type) => SIGNABLE.includes(type))(rule.types)
    && new Set(rule.types).size === rule.types.length,
  attachments: (rule) => hasExactly(rule, ["name", "required_above", "bytes_max"])
    && isAmount(rule.required_above) && isCount(rule.bytes_max),
};

const RECEIPT = /^收-([0-9]{4})-([0-9]{4}|[1-9][0-9]{4,8})$/;

// A type with `open` has other fields besides, which FORMAT does not look into.
const BODIES = {
  "ledger.created": {
    fields: {
      random: isHash, organisation: isText, level: oneOf("grassroots", "county"), currency: (text) => /^[A-Z]{3}$/.test(text),
      chart: (value) => hasExactly(value, ["id", "sha256"]) && isText(value.id) && isHash(value.sha256),
      starts: isDay, utc_offset: (value) => offsetMinutes(value) !== undefined, log: isString, policy: isString,
      policy_sha256: isHash, format_sha256: isHash,
    },
  },
  "period.closed": { fields: { month: isMonth, vouchers: isCount, debit: isSum, credit: isSum } },
  "period.reopened": { fields: { month: isMonth, date: isString, reason: isText } },
  "year.closed": { open: true, fields: { year: isCount } },
  "entry.reversed": {
    fields: {
      date: isAnything, reason: isText, reverses: isCount, reverses_voucher: isString, voucher: isAnything,
      entries: isAnything,
    },
  },
  "key.rotated": {
    fields: { old: isString, new: isString, reason: isText, proof_new: isSigned }, optional: { proof_old: isSigned },
  },
  "witness.changed": { fields: { policy: isString, policy_sha256: isHash, reason: isText } },
  "officer.appointed": { fields: { officer: isId, roles: isRoles, from: isDay }, optional: { member: isText } },
  "officer.removed": { fields: { officer: isId, on: isDay } },
  "substitute.named": {
    fields: { officer: isId, by: isId, roles: isRoles, first: isDay, last: isDay, resolution: isText },
  },
  "officer_key.registered": { fields: { officer: isId, key: isString } },
  "act.signed": {
    fields: {
      of: isCount, officer: isId, on: isCount, leaf: (value) => unbase64(value)?.length === 32, signature: isSigned,
    },
  },
  "rule.set": {
    fields: {
      rule: (value) => isObject(value) && isText(value.name)
        && (!Object.hasOwn(RULES, value.name) || RULES[value.name](value)),
      from: isDay, source: isText,
    },
  },
  "adjustment.recorded": { open: true, fields: {} },
  "finding.raised": {
    fields: { finding: isId, date: isString, records: arrayOf(isCount, 1, 20), says: isText, asks: isText },
    optional: { owner: isId, due: isDay },
  },
  "finding.cleared": { fields: { finding: isId, date: isString, reason: isText } },
  "audit.concluded": {
    fields: {
      date: isString, first: isMonth, last: isMonth, says: isText,
      opinion: oneOf("unqualified", "qualified", "adverse", "disclaimed"),
    },
  },
  "disbursement.requested": {
    open: true,
    fields: {
      disbursement: isId, date: isString, fund: isText, account: isText, amount: isAmount,
      payee: oneField("member", "officer", "organisation", "roster"),
    },
  },
  "approval.given": { open: true, fields: { disbursement: isId, date: isString, amount: isAmount } },
  "approval.refused": { open: true, fields: { disbursement: isId, date: isString } },
  "disbursement.cancelled": { open: true, fields: { disbursement: isId, date: isString } },
  "disbursement.paid": {
    open: true, fields: { disbursement: isId, date: isString, fund: isText, account: isText, amount: isAmount },
  },
  "privacy.committed": {
    fields: {
      subject: isId,
      fields: (value) => arrayOf((field) => hasExactly(field, ["name", "commitment"])
        && isText(field.name) && isHash(field.commitment), 1)(value)
        && new Set(value.map((field) => field.name)).size === value.length,
    },
    optional: { of: oneField("member", "officer", "disbursement") },
  },
  "privacy.opened": { fields: { subjects: arrayOf(isId), fields: arrayOf(isText), purpose: isText } },
  "privacy.erased": { fields: { subject: isId, fields: arrayOf(isText), basis: isText, approver: isId } },
  "attachment.added": { fields: { to: isCount, sha256: isHash, bytes: isCount }, optional: { title: isText } },
  "receipt.issued": {
    fields: {
      number: (value, body) => isString(value) && RECEIPT.test(value)
        && (!isDay(body.date) || RECEIPT.exec(value)[1] === body.date.slice(0, 4)),
      date: isString, member: isText, payment: isCount, amount: isAmount,
    },
  },
};

// Where a `date` that is no day is `date_form` alone, with the consequence of `body_form` (FORMAT 4).
const DATED = (type) => type !== "entry.reversed";

// The types that carry a voucher (FORMAT 7).
const VOUCHER_TYPES = [
  "opening.recorded", "dues.received", "allocation.received", "remittance.paid", "subsidy.received",
  "donation.received", "interest.received", "other_income.received", "disbursement.paid", "fund.transferred",
  "cash.drawn", "cash.deposited", "carry_forward.recorded", "adjustment.recorded", "dues.refunded",
  "allocation.collected", "preparation_fund.received", "preparation_fund.settled", "passdown.paid",
  "accrual.recorded", "accrual.settled", "income.received", "custodial.received", "custodial.paid",
  "advance.settled", "journal.recorded", "cash_difference.recorded", "cash_difference.resolved", "asset.received",
  "asset.depreciated", "asset.disposed", "supplies.received", "supplies.issued", "stocktake_difference.recorded",
  "stocktake_difference.resolved", "investment.acquired", "investment.recovered", "fund.released",
  "prior_year.corrected",
  "benefit_remainder.returned",
  "entry.reversed"];
/** Of these there is a second version. */
const VOUCHER_TYPES_2 = ["dues.refunded", "accrual.recorded"];

const isVoucher = (body) => Object.hasOwn(body, "voucher") || Object.hasOwn(body, "entries");

/** Gives `record.fact`, the body of a described type that has its fields, and says what has not. */
function readBody(record, report) {
  if (!record.body || record.type === undefined || !Object.hasOwn(BODIES, record.type)) return;
  if (record.type === "ledger.created" && record.place > 0) return;
  if (record.tv !== 1) return void report.note(record.place, "type_version_unknown", "tv 1", `${record.type}, tv ${record.tv}`);
  const { fields, optional = {}, open = false } = BODIES[record.type];
  const { body } = record;
  const wrong = [];
  for (const [name, test] of Object.entries({ ...fields, ...optional })) {
    const there = Object.hasOwn(body, name);
    if (there && name === "date" && DATED(record.type)) continue;
    if (there ? !test(body[name], body) : name in fields) wrong.push(`${name}: ${there ? show(body[name], 80) : "none"}`);
  }
  if (!open) {
    const more = Object.keys(body).filter((name) => !(name in fields) && !(name in optional));
    if (more.length) wrong.push(`besides: ${more.join(" ")}`);
    if (DOUBLED.has(body)) wrong.push("a field stands twice");
  }
  if (record.type === "disbursement.paid" && !isVoucher(body)) wrong.push("neither voucher nor entries");
  if (wrong.length) report.fault(record.place, "body_form", `the fields of ${record.type}`, show(wrong.join("; ")));
  else if (!DATED(record.type) || !Object.hasOwn(fields, "date") || isDay(body.date)) record.fact = body;
}
