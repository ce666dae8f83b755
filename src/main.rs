//! The binary: flags in, library calls, text or JSON out. The only place that knows the clock, the
//! environment, randomness and the terminal.

mod cli;

fn main() -> std::process::ExitCode {
    // The index's engine panics on damage, which is caught and said in words.
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains("sled-0.34")) {
            told(panic);
        }
    }));
    cli::run()
}
