// --- private.js: commitments and what opens them (FORMAT 20) ----------------------------------------

/** The commitment to a private field, in hex. */
function commitment(name, salt, value) {
  return hex(noble.blake3(utf8.encode(jcs({ name, salt, value })), { context: PRIVATE_CONTEXT }));
}

const isOpening = (value) => value === "withheld"
  || hasExactly(value, ["salt", "value"]) && isHash(value.salt) && isString(value.value);

class Privacy {
  constructor(book) {
    this.report = book.report;
    this.subjects = new Map(); // subject → {of, fields: Map name → {commitment, erasedBy}}
  }

  see({ type, fact, place }) {
    if (!fact) return;
    if (type === "privacy.committed") this.commit(place, fact);
    else if (type === "privacy.erased") this.erase(place, fact);
  }

  commit(place, { subject, fields, of }) {
    const known = this.subjects.get(subject) ?? { of: undefined, fields: new Map() };
    this.subjects.set(subject, known);
    if (of !== undefined && known.of !== undefined && jcs(of) !== jcs(known.of)) {
      this.report.fault(place, "private_field_wrong", jcs(known.of), jcs(of));
    }
    known.of ??= of;
    for (const { name, commitment: value } of fields) known.fields.set(name, { commitment: value, place });
  }

  erase(place, { subject, fields }) {
    const known = this.subjects.get(subject)?.fields;
    for (const name of fields) {
      const field = known?.get(name);
      if (field?.commitment === undefined) {
        this.report.fault(place, "private_field_wrong", "a field that was committed and not erased", `${subject} ${name}`);
      } else known.set(name, { erasedBy: place });
    }
  }

  /** Says what was erased: note field_erased (FORMAT 20). */
  sayErased() {
    for (const [subject, { fields }] of this.subjects) {
      for (const [name, { erasedBy }] of fields) {
        if (erasedBy !== undefined) this.report.note(erasedBy, "field_erased", `${subject} ${name}`, `erased by record ${erasedBy}`);
      }
    }
  }

  /** One `openings.ndjson`, held against what is in force now. Gives subject → name → what is known. */
  checkOpenings(bytes) {
    const known = new Map();
    const wrong = (expected, found) => this.report.fault(null, "opening_wrong", expected, found);
    const { lines, torn } = linesOf(bytes);
    if (torn) wrong("a line feed at the end", "none");
    let before;
    lines.forEach((line, i) => {
      let form = true;
      const value = readLine(line, (kind) => { form = false; wrong(`line ${i} of JCS form`, kind); });
      if (!form) return;
      const { subject, fields } = value;
      if (!hasExactly(value, ["fields", "subject"]) || !isString(subject) || !isObject(fields)
        || !Object.values(fields).every(isOpening)) {
        return void wrong(`line ${i}: fields and subject`, show(value, 80));
      }
      if (before !== undefined && subject <= before) return void wrong("subjects sorted, each once", subject);
      before = subject;
      known.set(subject, this.openings(subject, fields, wrong));
    });
    return known;
  }

  openings(subject, fields, wrong) {
    const committed = this.subjects.get(subject)?.fields ?? new Map();
    const out = new Map();
    for (const [name, opening] of Object.entries(fields)) {
      const field = committed.get(name);
      const where = `${subject} ${name}`;
      if (field?.commitment === undefined) {
        wrong("no opening of a field that has no commitment", field ? `${where}, erased by record ${field.erasedBy}` : where);
      } else if (opening !== "withheld") {
        const counted = commitment(name, opening.salt, opening.value);
        if (counted !== field.commitment) wrong(`${where}: ${field.commitment}`, counted);
        else out.set(name, { shown: opening.value });
      } else out.set(name, { withheld: true });
    }
    for (const [name, field] of committed) {
      if (field.commitment !== undefined && !Object.hasOwn(fields, name)) {
        this.report.fault(null, "opening_missing", `${subject} ${name}`, "neither shown nor withheld");
      }
    }
    return out;
  }
}
