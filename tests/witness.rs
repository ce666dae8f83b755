//! Witnesses over HTTP: ours asked by clients that are not ours, and a witness that nobody here wrote
//! asked by ours. That one is `aics-witness` of the Python package index; `tests/run.sh` installs it,
//! and where it is missing, that is said, and nothing is tested.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

#[allow(dead_code, reason = "this file uses its own part of it")]
#[path = "cli/program.rs"]
mod program;

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use program::{Desk, Ran, words};

const ADD: &str = "--as acc-b record group.define --name x --group";

/// A witness that runs until the value goes.
struct Server {
    child: Child,
    url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Server {
    /// Asks it to stop, as a service manager does; gives how it ended and what it said.
    fn stop(mut self) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").arg(&pid).status().unwrap().success());
        let ended = self.child.wait().unwrap().code();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (ended, said)
    }
}

/// Our own witness, at any free port.
fn serve(desk: &Desk, key: &str) -> Server {
    let mut command = desk.command(&words("witness serve --listen 127.0.0.1:0 --key"));
    command.arg(key).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.split(' ').next().unwrap().to_owned();
    assert!(url.starts_with("http://127.0.0.1:"), "{line}");
    Server { child, url }
}

/// The demo's book, and a volunteer who watches it.
fn desk() -> Desk {
    let desk = Desk::with_demo();
    let init = "witness init --key v1.pem --name v1.example --no-passphrase --log d/book/log.vkey";
    desk.say(init).ends(0);
    desk
}

fn grow(desk: &Desk, book: &str, group: &str) {
    desk.say(&format!("-b {book} {ADD} {group}")).ends(0);
    desk.say(&format!("-b {book} checkpoint sign")).ends(0);
}

/// The request of a book for a witness, from `old`.
fn request(desk: &Desk, book: &str, old: u64) -> String {
    desk.say(&format!("-b {book} witness request --for v1.vkey --old {old}")).ends(0).out
}

/// Status, type and body of the answer, through a client of ours.
fn post(url: &str, body: &[u8]) -> (u16, String, String) {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.post(url).send(body).unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (answer.status().as_u16(), kind, answer.body_mut().read_to_string().unwrap())
}

/// The same through Python's own library.
fn post_by_python(python: &str, url: &str, body: &[u8]) -> (u16, String, String) {
    const CLIENT: &str = "\
import sys, urllib.error, urllib.request
request = urllib.request.Request(sys.argv[1], data=sys.stdin.buffer.read(), method='POST')
try:
    answer = urllib.request.urlopen(request)
except urllib.error.HTTPError as error:
    answer = error
print(answer.status, answer.headers['Content-Type'], sep='\\n')
sys.stdout.flush()
sys.stdout.buffer.write(answer.read())
";
    let mut command = Command::new(python);
    command.args(["-c", CLIENT, url]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), body).unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let mut parts = said.splitn(3, '\n');
    let status = parts.next().unwrap().parse().unwrap();
    (status, parts.next().unwrap().to_owned(), parts.next().unwrap().to_owned())
}

/// Every answer that C2SP tlog-witness names, in the order in which a book comes to it.
fn every_answer(post: impl Fn(&str, &[u8]) -> (u16, String, String)) {
    let desk = desk();
    desk.copy("d/book", "before");
    let server = serve(&desk, "v1.pem");
    let url = format!("{}/add-checkpoint", server.url);
    let ask = |body: &str| post(&url, body.as_bytes());

    let good = request(&desk, "d/book", 0);
    let (status, kind, answer) = ask(&good);
    assert_eq!((status, kind.as_str()), (200, "text/plain; charset=utf-8"), "{answer}");
    assert!(answer.starts_with("— v1.example ") && answer.ends_with("=\n"), "{answer}");
    assert_eq!(answer.lines().count(), 1);
    desk.write("answer", &answer);
    let taken = desk.say("-b d/book witness add answer --key v1.vkey").ends(0).out;
    assert_eq!(taken, "427 v1.example 2026-01-06T01:00:00Z\n");

    // It does not start from what was cosigned last: the size, and nothing else.
    let size = (409, "text/x.tlog.size".to_owned(), "427\n".to_owned());
    assert_eq!(ask(&good), size);
    assert_eq!(ask(&request(&desk, "d/book", 17)), size);

    // No request; and one that starts above its own checkpoint.
    for bad in ["", "old 427\n", "hello", &good.replacen("old 0", "old 00", 1)] {
        assert_eq!(ask(bad).0, 400, "{bad}");
    }
    assert_eq!(post(&url, &[0xff, 0xfe]).0, 400);
    assert_eq!(ask(&good.replacen("old 0", "old 428", 1)).0, 400);

    // Another book; and the same book under another key.
    let name = "gh.example.org/branch-017";
    assert_eq!(ask(&good.replace(name, "gh.example.org/branch-018")).0, 404);
    let init = "--organisation x --starts 2026-01-01 --no-passphrase";
    desk.say(&format!("-b imposter --as acc init {name} {init}")).ends(0);
    desk.say("-b imposter checkpoint sign").ends(0);
    assert_eq!(ask(&request(&desk, "imposter", 0)).0, 403);

    // A shorter book, another history of the same length, and one that has grown.
    grow(&desk, "d/book", "g9");
    assert_eq!(ask(&request(&desk, "d/book", 427)).0, 200);
    assert_eq!(ask(&request(&desk, "before", 0)).2, "428\n");
    grow(&desk, "before", "g8");
    assert_eq!(ask(&request(&desk, "before", 428)).0, 422);
    grow(&desk, "before", "g7");
    let (status, _, why) = ask(&request(&desk, "before", 428));
    assert_eq!(status, 422, "{why}");
    let kept = std::fs::read_dir(desk.path("v1.evidence")).unwrap().count();
    assert_eq!(kept, 3, "the rollback and two forks");
    let shown = desk.say("witness show --key v1.pem").ends(0).out;
    assert!(shown.starts_with(&format!("{name} 428 ")), "{shown}");

    let (ended, said) = server.stop();
    assert_eq!(ended, Some(0), "{said}");
    let statuses: Vec<&str> = said.lines().map(|line| line.split(' ').nth(3).unwrap()).collect();
    assert_eq!(statuses[..3], ["200", "409", "409"], "{said}");
    assert_eq!(statuses.len(), 15, "one line a request: {said}");
    assert!(!said.contains("PRIVATE") && !said.contains(answer.trim()), "{said}");
}

#[test]
fn our_witness_gives_every_answer_of_the_standard() {
    every_answer(post);
}

#[test]
fn our_witness_answers_a_client_of_others() {
    let Some(python) = python("urllib.request") else { return };
    every_answer(|url, body| post_by_python(&python, url, body));
}

#[test]
fn what_is_too_long_or_somewhere_else_is_not_looked_at() {
    let desk = desk();
    let server = serve(&desk, "v1.pem");
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let url = format!("{}/add-checkpoint", server.url);
    assert_eq!(agent.get(&url).call().unwrap().status().as_u16(), 405);
    let elsewhere = agent.post(format!("{}/other", server.url)).send("x").unwrap();
    assert_eq!(elsewhere.status().as_u16(), 404);
    assert_eq!(post(&url, &vec![b'x'; 65_537]).0, 413);
    assert_eq!(post(&url, request(&desk, "d/book", 0).as_bytes()).0, 200);
    // Where the address is taken, and where a key is not a witness's.
    let taken = server.url.strip_prefix("http://").unwrap();
    let said = desk.say(&format!("witness serve --key v1.pem --listen {taken}")).ends(5);
    assert!(said.err.starts_with("error[IO11] "), "{}", said.err);
    desk.say("witness serve --key d/book/keys/log.pem").ends(2);
    desk.say("witness serve --key nowhere.pem").ends(5);
}

/// Somebody who begins to ask and never ends does not keep it from stopping.
#[test]
fn a_client_that_never_ends_does_not_keep_the_witness_from_stopping() {
    let desk = desk();
    let server = serve(&desk, "v1.pem");
    let address = server.url.strip_prefix("http://").unwrap();
    let mut slow = std::net::TcpStream::connect(address).unwrap();
    let head = b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nold 0";
    std::io::Write::write_all(&mut slow, head).unwrap();
    let url = format!("{}/add-checkpoint", server.url);
    assert_eq!(post(&url, request(&desk, "d/book", 0).as_bytes()).0, 200);
    let begun = Instant::now();
    assert_eq!(server.stop().0, Some(0));
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
}

/// Two processes ask one memory at once: it never cosigns two histories.
#[test]
fn one_memory_is_asked_by_many_at_once() {
    let desk = desk();
    desk.copy("d/book", "other");
    grow(&desk, "d/book", "g9");
    grow(&desk, "other", "g8");
    for (book, file) in [("d/book", "one"), ("other", "two")] {
        desk.write(file, request(&desk, book, 0));
    }
    let server = serve(&desk, "v1.pem");
    let url = format!("{}/add-checkpoint", server.url);
    let (one, two) = (desk.read("one"), desk.read("two"));
    let good = std::thread::scope(|scope| {
        let asked = (0..16).map(|n| {
            let (body, url, desk) = (if n % 2 == 0 { &one } else { &two }, &url, &desk);
            scope.spawn(move || match n % 4 {
                0 | 1 => post(url, body).0 == 200,
                _ => {
                    let file = if n % 2 == 0 { "one" } else { "two" };
                    desk.say(&format!("witness cosign {file} --key v1.pem")).code == 0
                }
            })
        });
        let asked: Vec<_> = asked.collect();
        asked.into_iter().map(|asked| asked.join().unwrap()).filter(|ok| *ok).count()
    });
    assert_eq!(good, 1);
}

#[test]
fn a_book_asks_every_witness_whose_url_was_agreed() {
    let desk = Desk::new();
    let key = "key new w1.example.org/w --out w1.pem --no-passphrase";
    desk.say(key).ends(0);
    desk.say(&key.replace("w1", "w2")).ends(0);
    let (one, two) = (serve(&desk, "w1.pem"), serve(&desk, "w2.pem"));
    let (w1, w2) = (format!("w1.vkey {}/", one.url), format!("w2.vkey {}", two.url));
    let init = words("-b b --as acc init b.example --organisation x --starts 2026-01-01");
    desk.run(&[&init[..], &["--no-passphrase", "--witness", &w1, "--witness", &w2]].concat())
        .ends(0);
    desk.say("-b b witness submit").ends(5);
    desk.say("-b b checkpoint sign").ends(0);
    // One watches the book, the other does not yet: the one's word is taken all the same.
    desk.say("witness init --key w1.pem --log b/log.vkey").ends(0);
    let half = desk.say("-b b witness submit").ends(2);
    assert_eq!(half.out, "2 w1.example.org/w 2026-01-06T01:00:00Z\n");
    assert!(half.err.contains("(404): the witness does not watch this book"), "{}", half.err);
    desk.say("witness init --key w2.pem --log b/log.vkey").ends(0);
    desk.say("-b b witness submit").ends(0);
    desk.say("verify b --policy b/policy").ends(0);
    desk.say("doctor b").ends(0);
    // Nobody at home.
    two.stop();
    let said = desk.say("-b b witness submit").ends(5);
    assert!(said.err.starts_with("error[WIT8] "), "{}", said.err);
    assert_eq!(said.out, "2 w1.example.org/w 2026-01-06T01:00:00Z (known already)\n");
    let one_way = desk.say("-b b witness submit --to http://127.0.0.1:1").ends(2);
    assert!(one_way.err.contains("--for"), "{}", one_way.err);
}

#[test]
fn a_witness_that_has_seen_more_or_forgotten_is_not_followed() {
    let desk = desk();
    desk.copy("d/book", "before");
    let memory = "v1.gh.example.org~branch-017.witness";
    let empty = desk.read(memory);
    let server = serve(&desk, "v1.pem");
    let submit = |book: &str| {
        desk.say(&format!("-b {book} witness submit --to {} --for v1.vkey", server.url))
    };
    grow(&desk, "d/book", "g9");
    submit("d/book").ends(0);
    let ahead = submit("before").ends(4);
    assert!(
        ahead.err.contains("error[WIT9]") && ahead.err.contains("428 records"),
        "{}",
        ahead.err
    );
    grow(&desk, "before", "g8");
    let fork = submit("before").ends(4);
    assert!(fork.err.contains("(422): the witness has seen another history"), "{}", fork.err);
    let zh =
        desk.say(&format!("--lang zh -b before witness submit --to {} --for v1.vkey", server.url));
    assert!(zh.ends(4).err.contains("见证人见过另一份历史"));
    desk.write(memory, empty);
    let forgot = submit("d/book").ends(4);
    assert!(forgot.err.contains("it has lost its memory"), "{}", forgot.err);
}

/// A witness that somebody else wrote, on loopback and in real time.
#[test]
fn a_witness_of_others_accepts_our_requests_and_refuses_a_rewritten_book() {
    let Some(python) = python("aics_witness") else { return };
    let desk = desk();
    desk.copy("d/book", "before");
    let aics = |args: &[&str]| {
        let mut command = Command::new(&python);
        command.args(["-m", "aics_witness"]).args(args).current_dir(desk.path(""));
        command
    };
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    let made =
        aics(&["init", "--name", "foreign.example/w1", "--listen", &listen]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    desk.write("foreign.vkey", &made.stdout);
    let start = || {
        let child = aics(&["serve"]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let server = Server { child, url: format!("http://{listen}") };
        let begun = Instant::now();
        while ureq::get(format!("{}/healthz", server.url)).call().is_err() {
            assert!(begun.elapsed() < Duration::from_secs(30), "it does not begin");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    };
    // In real time, since the other has no other clock.
    let submit = |book: &str| -> Ran {
        let line = format!("-b {book} witness submit --to http://{listen} --for foreign.vkey");
        let mut command = desk.command(&words(&line));
        let output = command.env_remove("MINGZHANG_CLOCK").output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    };
    let server = start();
    let unknown = submit("d/book").ends(2);
    assert!(unknown.err.contains("(404): the witness does not watch this book"), "{}", unknown.err);
    drop(server);
    let origin = "gh.example.org/branch-017";
    let vkey = desk.text("d/book/log.vkey");
    let added = aics(&["add-log", "--origin", origin, "--vkey", vkey.trim()]).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let _server = start();

    let taken = submit("d/book").ends(0).out;
    assert!(taken.starts_with("427 foreign.example/w1 "), "{taken}");
    // Its word is one that our verifier believes, if the auditor does.
    let policy = |desk: &Desk| {
        let witness = desk.text("foreign.vkey");
        desk.write("policy", format!("log {vkey}witness f {witness}quorum f\n"));
        let mut verify = desk.command(&words("verify d/book --policy policy"));
        let output = verify.env_remove("MINGZHANG_CLOCK").output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = policy(&desk);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("witnessed by foreign.example/w1 "), "{said}");

    // Grown; the same again; and a book that has lost what came back: the other says where it is.
    grow(&desk, "d/book", "g9");
    submit("d/book").ends(0);
    submit("d/book").ends(0);
    desk.copy("d/book", "lost");
    for checkpoint in ["checkpoint", "checkpoints/427", "checkpoints/428"] {
        let text = desk.text(&format!("lost/{checkpoint}"));
        let kept: String =
            text.split_inclusive('\n').filter(|l| !l.starts_with("— foreign")).collect();
        desk.write(&format!("lost/{checkpoint}"), kept);
    }
    let lost = submit("lost").ends(0);
    assert!(lost.err.contains("the witness is at 428 records"), "{}", lost.err);
    assert!(lost.out.starts_with("428 foreign.example/w1 "), "{}", lost.out);

    // A rollback, and two forks.
    let ahead = submit("before").ends(4);
    assert!(ahead.err.contains("error[WIT9]"), "{}", ahead.err);
    for group in ["g8", "g7"] {
        grow(&desk, "before", group);
        let fork = submit("before").ends(4);
        assert!(fork.err.contains("(422): the witness has seen another history"), "{}", fork.err);
    }
    let kept = aics(&["evidence"]).output().unwrap();
    let kept: serde_json::Value = serde_json::from_slice(&kept.stdout).unwrap();
    assert!(!kept.to_string().is_empty() && kept.to_string().contains(origin), "{kept}");
    assert_eq!(policy(&desk).0, Some(0));
}

/// Python, if it has this module; else says that nothing is tested.
fn python(module: &str) -> Option<String> {
    let missing = |what: &str| {
        let why = format!("{what}: tests/run.sh installs it and names it in MINGZHANG_PYTHON");
        assert!(std::env::var_os("MINGZHANG_FOREIGN").is_none(), "{why}");
        println!("skipped: {why}");
    };
    #[allow(clippy::disallowed_methods, reason = "where the script that runs the tests put Python")]
    let named = std::env::var("MINGZHANG_PYTHON");
    let Ok(python) = named else {
        missing("no Python is named");
        return None;
    };
    let there = Command::new(&python).args(["-c", &format!("import {module}")]).output().unwrap();
    if there.status.success() {
        return Some(python);
    }
    missing(&format!("{module} is missing"));
    None
}
