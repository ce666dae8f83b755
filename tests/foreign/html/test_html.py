"""verify.html in a headless Chromium: `python -m unittest discover -s tests/foreign/html`."""
import json, re, sys, tempfile, time, unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
sys.dont_write_bytecode = True
import books as b  # noqa: E402
import faulty_books  # noqa: E402
import page  # noqa: E402
import story  # noqa: E402
from browser import Browser  # noqa: E402
from run_cases import said  # noqa: E402

WITNESSED, PLAIN, BROKEN = "verified and witnessed", "verified, not independently witnessed", "broken"
SECTION_14 = re.findall(r"^\| `([a-z_]+)` \|", b.FORMAT.split("## 14. ")[1].split("## 15. ")[0], re.M)
FAULTS, NOTES = SECTION_14[:SECTION_14.index("receipt_wrong") + 1], SECTION_14[SECTION_14.index("receipt_wrong") + 1:]
BY_THE_PROGRAM_ALONE = {"posting_differs"}


class InTheBrowser(unittest.TestCase):
    """One browser for all that goes through the page's own API."""

    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()

    def verify(self, files, **options):
        options = {"policy": b.POLICY.encode(), "now": faulty_books.NOW, **options}
        result = self.browser.verify(files, **{name: value for name, value in options.items() if value is not None})
        self.assertNotIn("crash", result)
        return result


class TheChecks(InTheBrowser):
    def test_every_fault_is_found_where_it_is(self):
        made = set()
        for name, (files, pairs) in faulty_books.CASES.items():
            with self.subTest(name):
                files, options = files if isinstance(files, tuple) else (files, {})
                result = self.verify(files, **options)
                self.assertEqual(result["outcome"], BROKEN)
                self.assertLessEqual(set(pairs), set(said(result)), result["faults"])
                made |= {kind for _, kind in pairs}
        self.assertEqual(set(FAULTS) - made, BY_THE_PROGRAM_ALONE & set(FAULTS))

    def test_every_note_is_said_and_breaks_nothing(self):
        for name, (files, options, outcome) in faulty_books.NOTED.items():
            with self.subTest(name):
                result = self.verify(files, **options)
                self.assertEqual((result["outcome"], result["faults"]), (outcome, []))
                self.assertIn(name, [note["kind"] for note in result["notes"]])
        self.assertEqual(set(NOTES), set(faulty_books.NOTED))

    def test_the_example_of_the_format(self):
        files = {name: (b.SAMPLE / name).read_bytes() for name in ("events.ndjson", "checkpoint", "log.vkey")}
        result = self.verify(files, policy=(b.SAMPLE / "policy").read_bytes(), now=b.SIGNED_AT, sample=True)
        self.assertEqual((result["outcome"], result["witnessed_size"], result["faults"]), (WITNESSED, 5, []))
        self.assertEqual(result["chain_head"], "a6da6184fd240e176fb10fdc0d9206bd90e41e02340ef56589b4eb03438e6981")
        self.assertEqual(result["root"], "VRMdd5cDf+oIlNFUtp3wwHOb5W1gACgpTTDISSEs5sU=")
        self.assertEqual([row["balance"] for row in result["trial_balance"]], ["62.50", "-62.50"])

    def test_a_book_in_which_everything_happens_is_verified(self):
        result = self.verify(story.files(), policy=story.POLICY.encode(), now=story.NOW)
        self.assertEqual((result["outcome"], result["faults"]), (WITNESSED, []))
        self.assertEqual([(field["name"], field["state"], field["value"]) for field in result["private_fields"]],
                         [("姓名", "shown", "甲"), ("电话", "withheld", None), ("姓名", "erased", None)])
        self.assertEqual(len(result["log_keys"]), 2)
        self.assertEqual(result["signed_acts"], 13)

    def test_a_book_may_continue_others_and_proofs_may_come_along(self):
        files, options = faulty_books.continued()
        self.assertEqual(self.verify(files, **options)["outcome"], WITNESSED)
        lines = faulty_books.good_lines()
        three = [b.bundle(lines[:1], b.signed(lines[:1])), b.bundle(lines[:2], b.signed(lines[:2]), continues=1)]
        result = self.verify(b.bundle(lines, continues=2), bases=three)
        self.assertEqual((result["outcome"], result["records"]), (WITNESSED, 4))
        files, options = faulty_books.proof()
        self.assertEqual(self.verify(files, **options)["faults"], [])
        with_record = b.proof_file(2, lines, extra=lines[2])
        self.assertEqual(self.verify(b.bundle(lines), proof=[with_record.encode()])["faults"], [])
        other = b.proof_file(2, lines, extra=lines[1])
        self.assertIn((2, "proof_wrong"), said(self.verify(b.bundle(lines), proof=[other.encode()])))

    def test_a_policy_in_the_bundle_is_never_used(self):
        result = self.verify(faulty_books.whole(b.dues(1), policy=b.POLICY), policy=None)
        self.assertEqual(result["outcome"], PLAIN)

    def test_an_auditors_policy_that_cannot_be_read_stops_the_check(self):
        self.assertIn("line 1", self.verify(faulty_books.whole(), policy=b"lock x\n")["error"])

    def test_books_of_many_sizes_with_all_their_tiles(self):
        lines = b.seal([b.created(), *(b.dues(number) for number in range(1, 600))])
        for size in (1, 2, 3, 255, 256, 257, 600):
            with self.subTest(size):
                result = self.verify(b.bundle(lines[:size], with_tiles=True))
                self.assertEqual((result["outcome"], result["faults"], result["records"]), (WITNESSED, [], size))
                self.assertEqual(result["root"], b.b64(b.root_of(lines[:size])))

    def test_no_flipped_byte_of_a_small_bundle_passes(self):
        files = b.bundle(b.seal([b.created(), b.dues(1)]), with_tiles=True, with_sums=True)
        before = self.verify(files)
        self.assertEqual(before["outcome"], WITNESSED)
        for path, mask in ((path, mask) for path in files for mask in (1, 0x80)):
            said_of = self.browser.each_flipped(files, path, mask, policy=b.POLICY.encode(), now=faulty_books.NOW)
            self.assertNotIsInstance(said_of, dict, said_of)
            passed = [place for place, (outcome, _) in enumerate(said_of) if outcome != BROKEN]
            self.assertEqual((path, passed), (path, []))
            self.assertEqual(len(said_of), len(files[path]))

    def test_no_odd_value_anywhere_makes_the_page_fall_over(self):
        lines = b.seal(story.records())
        odd = (None, True, 0, -1, 1.5, 2**60, "", "\ud800", "-0.00", [], {}, [[]], {"a": 1}, {"constructor": 1}, "__proto__")
        for place in (0, 19, 29, 43, len(lines) - 1):
            record = json.loads(lines[place])
            for name in [*record, *(f"body.{name}" for name in record["body"])]:
                variants = []
                for value in odd:
                    changed = json.loads(lines[place])
                    target, key = (changed["body"], name[5:]) if name.startswith("body.") else (changed, name)
                    target[key] = value
                    variants.append(json.dumps(changed, ensure_ascii=True, separators=(",", ":")).encode())
                for variant in variants[place % 3::3]:
                    result = self.verify(b.bundle([*lines[:place], variant, *lines[place + 1:]], None))
                    self.assertEqual(result["outcome"], BROKEN)


class TheGreatBook(InTheBrowser):
    def test_65537_records_take_seconds(self):
        lines = b.seal([b.created(), *(b.dues(number) for number in range(1, 65537))])
        files = b.bundle(lines, with_sums=True)
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            bundle = b.write(Path(folder) / "bundle", files)
            self.browser.driver.find_element("id", "policy").send_keys(b.POLICY)
            self.browser.driver.find_element("id", "folder").send_keys(str(bundle))
            shares = watch(self.browser, 120)
        self.assertIn("65537", self.browser.driver.find_element("css selector", "dl.facts").text)
        self.assertIn("没有发现差错", self.browser.driver.find_element("id", "faults").text)
        self.assertEqual(self.browser.driver.find_element("css selector", "#balance tbody td:nth-child(4)").text, "819200.00")
        self.assertLess(time.monotonic() - started, 60)
        self.assertGreater(len(shares), 3, "the bar moves while the page works")


def watch(browser, seconds):
    """Waits for the verdict; the different states of the progress bar that were seen."""
    shares, until = set(), time.monotonic() + seconds
    while time.monotonic() < until:
        working, share, verdict, alarm = browser.driver.execute_script(
            "const $ = (id) => document.getElementById(id);"
            "return [!$('working').hidden, $('progress').value, $('verdict') !== null, $('alarm').textContent];")
        if alarm:
            raise AssertionError(alarm)
        if verdict and not working:
            return shares
        shares.add(share)
        time.sleep(0.05)
    raise AssertionError("no verdict")


class ThePage(unittest.TestCase):
    """The file as an auditor has it: opened from the disk, the folder chosen, the text read."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        # The page's clock is the browser's own, so the witnesses speak now.
        now = int(time.time())
        self.files = story.files(cosigners=((b.W1, now), (b.W2, now - b.DAY)))
        self.bundle = b.write(self.root / "2026-03", self.files)

    def open(self, language="zh-CN"):
        browser = Browser(language=language)
        self.addCleanup(browser.__exit__)
        return browser

    def choose(self, browser, path, by="files"):
        browser.driver.find_element("id", by).send_keys(str(path))
        time.sleep(0.3)
        if browser.driver.execute_script("return !document.getElementById('check').disabled"):
            watch(browser, 20)

    def text(self, browser, css):
        return browser.driver.find_element("css selector", css).text

    def policy(self, text=story.POLICY):
        (self.root / "mine").write_text(text, encoding="utf-8")
        return self.root / "mine"

    def test_an_auditor_chooses_the_folder_and_then_gives_a_policy_in_chinese(self):
        browser = self.open()
        self.choose(browser, self.bundle, by="folder")
        self.assertIn("已验证，但无独立见证", self.text(browser, "#verdict h2"))
        self.assertIn("您没有给出自己的信任文件", self.text(browser, "#verdict"))
        self.assertNotIn("✓", self.text(browser, "#verdict"))
        self.choose(browser, self.policy())
        self.assertIn("已验证并有见证", self.text(browser, "#verdict h2"))
        self.assertIn("见证至第 63 条，共 63 条记录", self.text(browser, "#verdict"))
        self.assertIn("已由第 48 条记录销毁", self.text(browser, "#private"))
        self.assertEqual(browser.errors(), [])

    def test_a_proof_by_itself_is_answered_with_what_it_needs(self):
        browser = self.open("en-US")
        lines = faulty_books.good_lines()
        file = self.root / "2.tlog-proof"
        file.write_text(b.proof_file(2, lines, extra=lines[2]), encoding="utf-8")
        self.choose(browser, file)
        self.assertIn("together with its bundle", self.text(browser, "#alarm"))
        self.assertEqual(browser.driver.find_elements("id", "verdict"), [])

    def test_the_same_in_english(self):
        browser = self.open("en-US")
        self.choose(browser, self.policy())
        self.choose(browser, self.bundle, by="folder")
        self.assertEqual(self.text(browser, "#verdict h2"), "Verified and witnessed")
        self.assertIn("up to 63 of 63 records", self.text(browser, "#verdict"))
        self.assertIn("does not prove that what was entered is true", self.text(browser, "#verdict"))
        browser.driver.find_element("id", "zh").click()
        self.assertIn("已验证并有见证", self.text(browser, "#verdict h2"))
        browser.driver.find_element("id", "en").click()
        self.assertEqual(self.text(browser, "#verdict h2"), "Verified and witnessed")

    def test_an_account_shows_its_vouchers_and_a_record_its_content(self):
        browser = self.open("en-US")
        self.choose(browser, self.bundle, by="folder")
        browser.driver.find_element("css selector", "#balance tbody button").click()
        rows = [row.text for row in browser.driver.find_elements("css selector", "#history tbody tr")]
        self.assertEqual(rows[0], "2026-03-05 记-2026-03-0001 general 12.50 12.50 23")
        self.assertEqual(rows[-1], "2026-03-06 记-2026-03-0006 general -12.50 912.50 44")
        browser.driver.find_element("css selector", "#history tbody tr:last-child button").click()
        shown = self.text(browser, "#record")
        for part in ("Record 44", "entry.reversed", "重复入账", '"reverses": 25', "-12.50"):
            self.assertIn(part, shown)
        browser.driver.execute_script("document.getElementById('record').close()")
        browser.driver.find_element("id", "query").send_keys("补附件\n")
        self.assertEqual([row.text.split()[0] for row in browser.driver.find_elements("css selector", "#hits tbody tr")], ["56"])

    def test_a_broken_book_says_what_is_wrong_in_words(self):
        events = self.files["events.ndjson"].replace(b"3000.00", b"2000.00", 1)
        (self.bundle / "events.ndjson").write_bytes(events)
        for language, title, meaning in (("zh-CN", "核验不通过", "借贷不平。"), ("en-US", "Broken", "Debits and credits differ.")):
            browser = self.open(language)
            self.choose(browser, self.policy())
            self.choose(browser, self.bundle, by="folder")
            self.assertIn(title, self.text(browser, "#verdict h2"))
            self.assertIn("24", self.text(browser, "#verdict .size"))
            table = self.text(browser, "#faults")
            for part in (meaning, "voucher_unbalanced", "prev_wrong", "root_wrong", "file_differs"):
                self.assertIn(part, table)
            self.assertIn("20", self.text(browser, "#verdict p:last-of-type"))

    def test_several_folders_and_a_kept_checkpoint_at_once(self):
        lines = faulty_books.good_lines()
        b.write(self.root / "both/one", b.bundle(lines[:2]))
        b.write(self.root / "both/two", b.bundle(lines, continues=2))
        b.write(self.root / "both", {"kept": b.signed(b.seal([b.created(), b.dues(1, amount="1.00")])).encode()})
        browser = self.open("en-US")
        self.choose(browser, self.root / "both", by="folder")
        self.assertIn("earlier bundle", self.text(browser, "#given"))
        self.assertIn("kept checkpoint", self.text(browser, "#given"))
        self.assertIn("log_fork", self.text(browser, "#faults"))
        self.assertNotIn("base_wrong", self.text(browser, "#faults"))

    def test_what_a_hostile_book_says_is_only_ever_text(self):
        evil = "<img src=x onerror=document.title='evil'>\u202e"
        files = b.bundle(b.seal([b.created(organisation=evil), b.dues(1, entries=[
            {**b.entry("102", "debit", "1.00"), "fund": evil}, {**b.entry("401", "credit", "1.00"), "fund": evil}])]))
        b.write(self.root / "evil", files)
        browser = self.open("en-US")
        self.choose(browser, self.root / "evil", by="folder")
        self.assertIn("<img src=x", self.text(browser, "#answer"))
        self.assertIn("\\u{202e}", self.text(browser, "#answer"))
        self.assertEqual(browser.driver.find_elements("css selector", "#answer img"), [])
        self.assertNotIn("evil", browser.driver.title)

    def test_what_cannot_be_seen_or_turns_the_line_around_is_shown_as_a_number_or_kept_apart(self):
        hidden = "甲\u202e\u2066\u200b\u061c\u3164\U000e0041乙"
        lines = b.seal([b.created(organisation=hidden), b.dues(1, actor=hidden, entries=[
            {**b.entry("102", "debit", "1.00"), "fund": "\u05d0\u05d1"}, {**b.entry("401", "credit", "1.00"), "fund": "\u05d0\u05d1"}])])
        b.write(self.root / "hidden", b.bundle(lines))
        browser = self.open("en-US")
        self.choose(browser, self.root / "hidden", by="folder")
        shown = "甲\\u{202e}\\u{2066}\\u{200b}\\u{61c}\\u{3164}\\u{e0041}乙"
        self.assertIn(shown, self.text(browser, "dl.facts"))
        browser.driver.find_element("css selector", "#balance tbody td:nth-child(3) button").click()
        browser.driver.find_element("css selector", "#history tbody tr:last-child td:last-child button").click()
        self.assertGreaterEqual(self.text(browser, "#record").count(shown), 2, "the actor, and the line as it stands")
        kept_apart = browser.driver.execute_script("""
            const hebrew = /[\\u0590-\\u05ff]/;
            const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), out = [];
            for (let node = nodes.nextNode(); node; node = nodes.nextNode())
                if (hebrew.test(node.data)) out.push(getComputedStyle(node.parentElement).unicodeBidi);
            return out;""")
        self.assertGreaterEqual(len(kept_apart), 6)
        self.assertLessEqual(set(kept_apart), {"isolate", "isolate-override"})
        raw = browser.driver.execute_script(r"return /[\p{Cf}\p{Cc}\u3164]/u.test(document.body.innerText.replaceAll('\n', '').replaceAll('\t', ''))")
        self.assertFalse(raw)

    def test_each_voucher_of_an_unknown_type_is_said_plainly(self):
        lines = b.seal([b.created(), *(b.dues(number) | {"type": "raffle.held"} for number in range(1, 251))])
        b.write(self.root / "raffle", b.bundle(lines))
        for language, words in (("zh-CN", "不认识的凭证类型"), ("en-US", "nothing is known of it except whether it balances")):
            browser = self.open(language)
            self.choose(browser, self.root / "raffle", by="folder")
            self.assertIn(words, self.text(browser, "#notes"))
            rows = lambda: len(browser.driver.find_elements("css selector", "#notes tbody tr"))
            self.assertEqual(rows(), 200)
            browser.driver.find_element("css selector", "#notes .pager button").click()
            self.assertGreater(rows(), 250)
            browser.driver.find_element("css selector", "#notes tbody tr button").click()
            self.assertIn(words, self.text(browser, "#record .hint"))
            browser.driver.execute_script("document.getElementById('record').close()")

    def test_the_page_can_reach_nothing(self):
        browser = self.open()
        said = browser.driver.execute_async_script("""
            const done = arguments[0];
            fetch('https://example.org/').then(() => done('reached'), (error) => done(String(error)));""")
        self.assertIn("TypeError", said)
        self.assertTrue(any("Content Security Policy" in error for error in browser.errors()))
        own = page.html()
        self.assertIn("default-src 'none'", own)
        self.assertNotIn("unsafe-inline", own)
        self.assertNotIn("//= ", own)
        code = own.split("})();\n//", 1)[-1]
        self.assertEqual(re.findall(r"fetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(|innerHTML|eval\(", code), [])


class TheWords(unittest.TestCase):
    def test_every_fault_and_note_of_the_format_has_its_words(self):
        words = (page.PIECES / "words.js").read_text(encoding="utf-8")
        faults = words.split("const FAULTS = {")[1].split("\n};")[0]
        notes = words.split("const NOTES = {")[1].split("\n};")[0]
        self.assertEqual(re.findall(r"^  ([a-z_]+): \[", faults, re.M), FAULTS)
        self.assertEqual(re.findall(r"^  ([a-z_]+): \[", notes, re.M), NOTES)


if __name__ == "__main__":
    unittest.main()
