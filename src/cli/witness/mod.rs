//! `witness`: both sides of witnessing. On the witness's own machine: `init`, `follow`,
//! `cosign`, `serve`, `show`, with its key and its memory and without the book. On the treasurer's: `request`, `add`,
//! or both at once over HTTP, `submit`.

mod desk;
mod evidence;
mod init;
mod cosign;
mod serve;
mod show;
mod policy;
mod request;
mod add;
mod submit;

use clap::Subcommand;

use super::Global;
use super::failure::{Failure, exit};
use super::output::Output;
use super::world::World;

pub(crate) use cosign::cosign_folder;
pub(crate) use desk::Desk;
pub(crate) use policy::agreed;

#[derive(Subcommand)]
pub(crate) enum Witness {
    /// 【见证人】开始见证 On the witness's machine: begin to watch a book
    Init(init::Init),
    /// 【见证人】账套换了密钥 On the witness's machine: the book signs with a new key, says its keeper
    Follow(init::Follow),
    /// 【会计】见证请求 On the book's machine: what a witness is asked, as a file to carry
    Request(request::Request),
    /// 【见证人】见证 On the witness's machine: cosign a request, or a whole book, that has only grown
    Cosign(cosign::Cosign),
    /// 【会计】收回见证 On the book's machine: take witnesses' answers into the book
    Add(add::Add),
    /// 【会计】在线见证 On the book's machine: ask witnesses over HTTP and take their answers in
    Submit(submit::Submit),
    /// 【见证人】在线见证 On the witness's machine: answer requests over HTTP
    Serve(serve::Serve),
    /// 【见证人】查看 On the witness's machine: the books that it watches
    Show(show::Show),
}

impl Witness {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        match self {
            Witness::Init(init) => init.run(world, out),
            Witness::Follow(follow) => follow.run(world, out),
            Witness::Request(request) => request.run(global, out),
            Witness::Cosign(cosign) => cosign.run(world, out),
            Witness::Add(add) => add.run(global, world, out),
            Witness::Submit(submit) => return submit.run(global, world, out),
            Witness::Serve(serve) => serve.run(world, out),
            Witness::Show(show) => show.run(out),
        }?;
        Ok(exit::DONE)
    }
}
