//! `witness submit`: the same exchange over HTTP: ask, and take the answer in.

use std::time::Duration;

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::chain::key::VKey;

use super::super::Global;
use super::super::chinese::chinese;
use super::super::failure::{Failure, Problem, exit};
use super::super::output::Output;
use super::super::world::World;
use super::add::{Intake, Taken, say};
use super::policy::{agreed_in, named, witnesses};
use super::request::{Asking, last_cosigned};

/// A witness that answers no sooner is asked again another day.
const TIMEOUT: Duration = Duration::from_secs(30);
/// No answer of a witness is longer.
const ANSWER_BYTES_MAX: u64 = 65_536;
/// Enough of a refusal to understand it.
const REASON_CHARS_MAX: usize = 300;

#[derive(Args)]
pub(crate) struct Submit {
    /// 见证人的网址 Where the witness answers; else every witness of the agreed policy that has a URL
    #[arg(long, value_name = "URL", requires = "witness")]
    to: Option<String>,
    /// 见证人 The witness at that URL: its name in the agreed policy, its key, or a file of that
    #[arg(long = "for", value_name = "NAME, VKEY or FILE", requires = "to")]
    witness: Option<String>,
}

/// Whom to ask, and where.
struct Asked {
    url: String,
    key: VKey,
}

/// What came back: status, type and text.
struct Answer {
    status: u16,
    kind: String,
    text: String,
}

impl Submit {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        let folder = Folder::new(&global.book);
        let asked = self.whom(&folder)?;
        let asking = Asking::read(&folder)?;
        let (mut taken, mut failures) = (Vec::new(), Vec::new());
        // One witness that does not answer is no reason not to ask the others.
        for witness in &asked {
            match ask(&folder, &asking, witness, world, out) {
                Ok(came) => taken.extend(came),
                Err(failure) => failures.push(failure),
            }
        }
        if !taken.is_empty() || failures.is_empty() {
            say(&taken, out);
        }
        let Some(first) = failures.first().map(|failure| failure.exit) else {
            return Ok(exit::DONE);
        };
        // What shows another history outweighs whatever else went wrong.
        let broken = failures.iter().any(|failure| failure.exit == exit::BROKEN);
        let errors = failures.into_iter().flat_map(|failure| failure.errors).collect();
        Err(Failure::all(if broken { exit::BROKEN } else { first }, errors))
    }

    fn whom(&self, folder: &Folder) -> Result<Vec<Asked>, Failure> {
        let policy = agreed_in(folder)?;
        if let (Some(url), Some(witness)) = (&self.to, &self.witness) {
            let key = named(witness, policy.as_ref())?;
            return Ok(vec![Asked { url: url.clone(), key }]);
        }
        let with_url = witnesses(policy.as_ref()).iter().filter_map(|witness| {
            let url = witness.url.clone()?;
            Some(Asked { url, key: witness.key.clone() })
        });
        let asked: Vec<Asked> = with_url.collect();
        if asked.is_empty() {
            return Err(Failure::usage(
                "约定的见证规则没有给任何见证人的网址：用 --to 和 --for 说明，或用 witness request 以文件传递",
                "the agreed policy gives no witness's URL: say --to and --for, or carry a file made \
                 by witness request",
            )
            .next("mingzhang witness request --help"));
        }
        Ok(asked)
    }
}

fn ask(
    folder: &Folder,
    asking: &Asking,
    asked: &Asked,
    world: &World,
    out: &Output,
) -> Result<Vec<Taken>, Failure> {
    let known = last_cosigned(folder, &asked.key)?;
    let mut answer = post(asked, asking.from(known)?.to_string())?;
    if let Some(held) = answer.held() {
        out.note(
            &format!("{}：见证人已到 {held} 条记录，从那里再请求一次", asked.url),
            &format!("{}: the witness is at {held} records; asking again from there", asked.url),
        );
        if held < known {
            return Err(forgetful(asked, held, known));
        }
        if held > asking.size() {
            return Err(ahead(asked, held, asking.size()));
        }
        answer = post(asked, asking.from(held)?.to_string())?;
    }
    if answer.status != 200 {
        return Err(refused(asked, &answer));
    }
    let mut intake = Intake::open(folder, vec![asked.key.clone()], world.now())?;
    intake.take(&asked.url, &answer.text)?;
    let taken = intake.keep()?;
    // A witness may answer for others too; that it is silent itself is no answer.
    let name = asked.key.name().to_string();
    if taken.iter().any(|taken| taken.name == name && taken.size == asking.size()) {
        Ok(taken)
    } else {
        Err(refused(asked, &answer))
    }
}

impl Answer {
    /// How many records the witness has cosigned, where it says that the request began elsewhere.
    fn held(&self) -> Option<u64> {
        let size = self.text.strip_suffix('\n').unwrap_or(&self.text);
        let says_size = self.status == 409 && self.kind.starts_with("text/x.tlog.size");
        size.parse().ok().filter(|held: &u64| says_size && held.to_string() == size)
    }
}

fn post(asked: &Asked, request: String) -> Result<Answer, Failure> {
    let url = format!("{}/add-checkpoint", asked.url.trim_end_matches('/'));
    let failed = |e: &dyn std::fmt::Display| {
        let zh = format!("{url} 没有应答：{}", chinese(&e.to_string()));
        let problem = Problem::new("WIT8", zh, format!("{url} does not answer: {e}"));
        Failure::one(exit::IO, problem).next("mingzhang witness request --for NAME --out FILE")
    };
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(TIMEOUT))
        .max_redirects(0)
        .build()
        .into();
    let sent = agent.post(&url).content_type("text/plain; charset=utf-8").send(request);
    let mut response = sent.map_err(|e| failed(&e))?;
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
    let text = body.map_err(|e| failed(&e))?;
    Ok(Answer { status, kind, text })
}

fn refused(asked: &Asked, answer: &Answer) -> Failure {
    let (status, url) = (answer.status, &asked.url);
    let said: String =
        answer.text.chars().filter(|c| !c.is_control()).take(REASON_CHARS_MAX).collect();
    let (zh, en, next) = match status {
        200 => (
            "答复中没有它对此检查点的签名",
            "its answer holds no signature of its own of this checkpoint",
            "mingzhang witness show --key KEY",
        ),
        400 => ("见证人看不懂请求", "the witness cannot read the request", ""),
        403 => (
            "见证人认为检查点不是账套密钥所签",
            "the witness holds another key of this book",
            "mingzhang witness show --key KEY",
        ),
        404 => (
            "见证人没有见证此账套",
            "the witness does not watch this book",
            "mingzhang witness init --key KEY --log LOG.vkey",
        ),
        409 | 422 => (
            "见证人见过另一份历史：账套不是它见证过的那份，请勿继续记账，先与见证人核对",
            "the witness has seen another history: this book is not an extension of what it \
             cosigned; stop, and compare with the witness",
            "mingzhang verify --against THE-CHECKPOINT-THAT-THE-WITNESS-HOLDS",
        ),
        _ => {
            ("见证人此时不能见证，请稍后再试", "the witness cannot cosign now; ask again later", "")
        }
    };
    let exit = match status {
        409 | 422 | 200 => exit::BROKEN,
        400..=499 => exit::USAGE,
        _ => exit::IO,
    };
    let zh = format!("{url}（{status}）：{zh}（{said}）");
    let en = format!("{url} ({status}): {en} ({said})");
    Failure::one(exit, Problem::new("WIT2", zh, en)).next(next)
}

/// A witness that has seen more than the book has.
fn ahead(asked: &Asked, held: u64, size: u64) -> Failure {
    let url = &asked.url;
    let zh = format!(
        "{url}：见证人见证过 {held} 条记录，账套的检查点只有 {size} 条：账套可能由旧备份恢复，\
         或有人用同一密钥另签；请勿继续记账"
    );
    let en = format!(
        "{url}: the witness has cosigned {held} records, and this book's checkpoint has {size}: it \
         was brought back from an old copy, or somebody signs with the same key; record no more"
    );
    Failure::one(exit::BROKEN, Problem::new("WIT9", zh, en)).next("mingzhang doctor")
}

/// A witness that holds less than what it has signed.
fn forgetful(asked: &Asked, held: u64, known: u64) -> Failure {
    let url = &asked.url;
    let zh = format!(
        "{url}：见证人曾见证 {known} 条记录，现在自称只到 {held} 条：它丢了记忆，不再可信，请它找回状态或另立密钥"
    );
    let en = format!(
        "{url}: the witness has cosigned {known} records and now says {held}: it has lost its \
         memory and proves nothing until it finds its state, or has a new key"
    );
    Failure::one(exit::BROKEN, Problem::new("WIT9", zh, en))
}
