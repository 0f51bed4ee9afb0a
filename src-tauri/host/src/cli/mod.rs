//! The command line: arguments in, requests through the door, lines out.
//!
//! It holds no rule of the domain. What could name someone is read from standard input or from files, and a passphrase
//! is never an argument: arguments stay in the shell's history and show in the list of processes.

mod arguments;
mod problem;
mod sentences;

mod secret;
mod session;

mod addresses;
mod commands;
mod devices;
mod exchanges;
mod files;
mod groups;
mod imports;
mod lines;
mod mairie;
mod neighbours;
mod network;
mod sheet;

use std::env;
use std::io::{self, Write};

use maillon_shared::text::language::Language;

use arguments::{Arguments, Command};
use problem::Problem;
use session::Session;

/// Does what the arguments say, and returns the exit code.
pub(crate) fn run() -> u8 {
    let given = arguments::read(env::args_os().skip(1));
    let language = given.as_ref().ok().and_then(|given| given.language).unwrap_or_else(language_of_the_system);
    let json = given.as_ref().is_ok_and(|given| given.json);
    let done = given.and_then(|given| obey(given, language));
    match done {
        Ok(()) => 0,
        // Whoever read the output has enough of it (`| head`).
        Err(Problem::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(problem) => {
            let sentence = problem.sentence(language);
            let line = match json {
                true => serde_json::json!({ "error": problem.code(), "message": sentence }).to_string(),
                false => format!("maillon: {sentence}"),
            };
            let _ = writeln!(io::stderr(), "{line}");
            problem.exit_code()
        }
    }
}

fn obey(given: Arguments, language: Language) -> Result<(), Problem> {
    let mut out = lines::Lines::new(language, given.json);
    match given.command {
        Command::Help => return out.text(&sentences::help(language)),
        Command::Version => return out.text(concat!("maillon ", env!("CARGO_PKG_VERSION"))),
        _ => {}
    }
    let dir = given.notebook.or_else(|| env::var_os("MAILLON_NOTEBOOK").map(Into::into)).ok_or(Problem::NoFolder)?;
    let session = Session::start(dir);
    let done = commands::obey(&session, given.command, &given.secret, &mut out);
    session.close();
    done
}

/// The language of the environment, as every program reads it: the first that is set decides. French otherwise.
fn language_of_the_system() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    set.into_iter().find(|tag| !tag.is_empty()).and_then(|tag| Language::parse(&tag)).unwrap_or_default()
}
