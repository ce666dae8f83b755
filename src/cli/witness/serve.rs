//! `witness serve`: a witness that answers over HTTP, as C2SP tlog-witness says, for every book whose
//! state lies beside its key.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use clap::Args;
use mingzhang::lang::Lang;
use serde_json::json;

use super::super::failure::Failure;
use super::super::key::Lock;
use super::super::output::{Output, seen, written};
use super::super::world::World;
use super::Desk;
use super::desk::NotCosigned;

/// 63 lines of proof and a note of 64 signatures need less; nothing above it is looked at.
const BODY_BYTES_MAX: usize = 65_536;
/// A body that takes longer is given up.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a stop waits for requests that are under way.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Args)]
pub(crate) struct Serve {
    /// 见证人密钥 The witness's key, with its states beside it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// 监听地址 Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    lock: Lock,
}

/// What every request is answered from.
struct Served {
    /// One at a time: a state is read, decided on and written before the next is looked at.
    desk: Mutex<Desk>,
    world: World,
    quiet: bool,
}

/// What goes back, and what is said of it on standard error.
struct Answer {
    status: StatusCode,
    kind: &'static str,
    body: String,
    said: String,
}

impl Serve {
    pub(crate) fn run(self, world: &World, out: &Output) -> Result<(), Failure> {
        let desk = Desk::read(&self.key, &self.lock, world)?;
        let vkey = desk.key().vkey();
        let failed = |e: &std::io::Error| {
            Failure::io(
                "IO11",
                format!("无法在 {} 监听：{e}", self.listen),
                format!("cannot listen on {}: {e}", self.listen),
            )
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let served = Served { desk: Mutex::new(desk), world: world.clone(), quiet: out.is_quiet() };
        let router = Router::new()
            .route("/add-checkpoint", post(add_checkpoint))
            .with_state(Arc::new(served));
        let run = async {
            let listener = tokio::net::TcpListener::bind(self.listen).await?;
            let address = listener.local_addr()?;
            let url = format!("http://{address}");
            if out.json {
                out.value(&json!({ "url": url, "vkey": vkey.to_string() }));
            } else {
                out.text(&format!("{url} {vkey}"));
            }
            std::io::stdout().flush()?;
            let serving = axum::serve(listener, router).with_graceful_shutdown(stopped());
            let stop = async {
                stopped().await;
                tokio::time::sleep(STOP_TIMEOUT).await;
            };
            tokio::select! {
                ended = serving.into_future() => ended,
                () = stop => Ok(()),
            }
        };
        runtime.and_then(|runtime| runtime.block_on(run)).map_err(|e| failed(&e))
    }
}

/// Until somebody stops the program; requests under way are answered first.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await.ok();
}

async fn add_checkpoint(State(served): State<Arc<Served>>, request: Request<Body>) -> Response {
    let body = tokio::time::timeout(BODY_TIMEOUT, to_bytes(request.into_body(), BODY_BYTES_MAX));
    let answer = match body.await {
        Ok(Ok(bytes)) => served.answer(&bytes),
        Ok(Err(_)) => Answer::error(StatusCode::PAYLOAD_TOO_LARGE, "at most 65536 bytes"),
        Err(_) => Answer::error(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time"),
    };
    if !served.quiet {
        let (now, status) = (served.world.now(), answer.status.as_u16());
        let line = format!("{now} POST /add-checkpoint {status} {}", answer.said);
        written(writeln!(std::io::stderr().lock(), "{}", seen(line.trim_end())));
    }
    answer.into_response()
}

impl Served {
    fn answer(&self, bytes: &[u8]) -> Answer {
        let Ok(request) = std::str::from_utf8(bytes) else {
            return Answer::error(StatusCode::BAD_REQUEST, "not UTF-8");
        };
        // A request that broke off has left nothing half done: the state is a file.
        let desk = self.desk.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match desk.cosign(request, self.world.now()) {
            Ok(cosigned) => {
                let checkpoint = &cosigned.checkpoint;
                Answer {
                    status: StatusCode::OK,
                    kind: "text/plain; charset=utf-8",
                    body: format!("{}\n", cosigned.line),
                    said: format!("{} {}", checkpoint.origin, checkpoint.size),
                }
            }
            Err(NotCosigned::Form(error)) => {
                Answer::error(StatusCode::BAD_REQUEST, &error.to_string())
            }
            Err(NotCosigned::Unknown { origin, .. }) => {
                Answer::error(StatusCode::NOT_FOUND, &format!("{origin} is not watched here"))
            }
            Err(NotCosigned::Refused { refusal, origin, evidence }) => {
                let status = StatusCode::from_u16(refusal.status());
                let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let mut answer = Answer::error(status, &refusal.to_string());
                if let Some(held) = refusal.held() {
                    answer.kind = "text/x.tlog.size";
                    answer.body = format!("{held}\n");
                }
                let kept = evidence.map(|path| format!(" -> {}", path.display()));
                answer.said = format!("{origin}: {refusal}{}", kept.unwrap_or_default());
                answer
            }
            Err(NotCosigned::Failed(failure)) => {
                // The cause is the witness's own business, and is said on its machine.
                let mut answer =
                    Answer::error(StatusCode::INTERNAL_SERVER_ERROR, "the witness is out of order");
                answer.said = failure.text(Lang::En).trim_end().replace('\n', " ");
                answer
            }
        }
    }
}

impl Answer {
    fn error(status: StatusCode, why: &str) -> Answer {
        // What came from outside shall not begin a line of its own.
        let said: String = why.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let kind = "text/plain; charset=utf-8";
        Answer { status, kind, body: format!("{said}\n"), said }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        (self.status, headers, self.body).into_response()
    }
}
