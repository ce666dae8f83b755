//! A hardship case from its file to the money's coming back: nothing of what the vault holds of the
//! person is in a record, a bundle, a report, an error, or any other byte that comes of it.

use std::fs;
use std::path::Path;

use crate::program::{Desk, Ran, words};
use crate::vault::{forms, nowhere};

const PRIVATE: [(&str, &str); 5] = [
    ("姓名", "上官某某丁戊己"),
    ("身份证号", "110101190001010000"),
    ("病情", "示例病情慢性肾病"),
    ("银行卡号", "6222000000000000017"),
    ("住址", "示例路一百零一号二单元"),
];

/// Everything that was printed, results and errors.
#[derive(Default)]
struct Printed(String);

impl Printed {
    fn keep(&mut self, ran: Ran) -> Ran {
        self.0.push_str(&ran.out);
        self.0.push_str(&ran.err);
        ran
    }
}

fn practice(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/practices");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn nothing_that_the_vault_holds_of_a_case_is_in_any_byte_that_comes_of_it() {
    let desk = Desk::new();
    let mut printed = Printed::default();
    let mut say = |line: &str| {
        let ran = desk.run(&[&["-b", "b"], &words(line)[..]].concat());
        printed.keep(ran)
    };
    say("init gh.example.org/case --organisation 示例工会 --starts 2025-01-01 --no-passphrase --as acc")
        .ends(0);
    for name in ["00-begin.jsonl", "09-hardship.jsonl"] {
        desk.write(name, practice(name));
    }
    say("apply 00-begin.jsonl").ends(0);
    let values: serde_json::Map<String, serde_json::Value> =
        PRIVATE.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    let values = serde_json::to_vec(&values).unwrap();
    for member in ["m-2", "m-5"] {
        let line = format!("-b b --as clerk --json vault put --of member={member}");
        let ran = desk.run_with_input(&line, &values).ends(0);
        printed.keep(ran);
    }
    let mut say = |line: &str| {
        let ran = desk.run(&[&["-b", "b"], &words(line)[..]].concat());
        printed.keep(ran)
    };
    say("apply 09-hardship.jsonl --vouchers").ends(0);
    for lang in ["zh", "en"] {
        for form in ["", "--json"] {
            for report in
                ["cases", "case --of c-1", "case --of c-3", "aid-register", "case-notices"]
            {
                let ran = say(&format!("--lang {lang} {form} report {report} --year 2025")).ends(0);
                assert!(!ran.out.is_empty(), "{report}");
            }
            say(&format!("--lang {lang} {form} log")).ends(0);
            // Refused: whoever applies for it twice, and of whom nobody knows.
            let twice = "record aid.apply --as clerk --application a-1 --case c-1 --item medical \
                         --amount 1.00 --on 2025-12-16";
            say(&format!("--lang {lang} {form} {twice}")).ends(3);
            let again = "record case.open --as clerk --case c-9 --of member=m-5 --class general \
                         --on 2025-12-16 --valid_through 2026-12-15 --source 示例";
            say(&format!("--lang {lang} {form} {again}")).ends(3);
        }
    }
    say("record case.close --as clerk --case c-3 --on 2025-12-22 --reason false_claim").ends(0);
    say("checkpoint sign").ends(0);
    say("export bundle --out bundle").ends(0);
    say("export journal --out journal").ends(0);
    say("verify").ends(0);
    let secrets: Vec<Vec<u8>> =
        PRIVATE.iter().map(|(_, value)| value.as_bytes().to_vec()).collect();
    desk.write("printed", &printed.0);
    assert!(printed.0.contains("***") && printed.0.contains("病情"));
    nowhere(&desk.path(""), &secrets);
    // The search would find them: whoever is shown a name has it in what is printed.
    let shown = desk
        .say("-b b --as clerk report aid-register --year 2025 --unmask 姓名 --purpose 核对签收")
        .ends(0);
    let name = PRIVATE[0].1;
    let found = |form: &Vec<u8>| shown.out.as_bytes().windows(form.len()).any(|part| part == form);
    assert!(forms(name.as_bytes()).iter().any(found), "{}", shown.out);
}
