//! The binary: flags in, library calls, text or JSON out. The only place that knows the clock, the
//! environment, randomness and the terminal.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
