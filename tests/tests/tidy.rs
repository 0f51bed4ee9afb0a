//! The house's rules: who may know whom, and how files are kept.
//!
//! Each rule is a sentence of the architecture or of the style that a compiler does not keep by itself. One that fails
//! lists every place; the reason is beside the rule.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use maillon_tests::house::rust::{Parts, parts};
use maillon_tests::house::{SourceFile, files, root};

/// Files of Rust that a rule is about, with their code taken apart. What only tests read may do as tests do.
fn rust(is_about: impl Fn(&SourceFile) -> bool) -> Vec<(SourceFile, Parts)> {
    let is_tests = |file: &SourceFile| {
        file.path.ends_with("/tests.rs")
            || file.path.contains("/src/engine/tests/")
            || file.path.ends_with("/contract.rs")
    };
    let files: Vec<_> = files("rs").into_iter().filter(|file| is_about(file) && !is_tests(file)).collect();
    files.into_iter().map(|file| (file.clone(), parts(&file.text))).collect()
}

/// Whether code says a word: `automerge`, not `automerges`.
fn says(line: &str, word: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(in_word)
            && !line[at + word.len()..].chars().next().is_some_and(in_word)
    })
}

/// The places where files say one of these words.
fn sayings(files: &[(SourceFile, Parts)], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (file, parts) in files {
        for (index, line) in parts.code.lines().enumerate() {
            let said = words.iter().filter(|word| says(line, word));
            found.extend(said.map(|word| format!("{}:{}: {word}", file.path, index + 1)));
        }
    }
    found
}

#[track_caller]
fn nowhere(found: Vec<String>, why: &str) {
    assert!(found.is_empty(), "{why}\n  {}", found.join("\n  "));
}

// ── Who may know whom ───────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn only_the_journal_says_automerge() {
    let others = rust(|file| !file.is_under("shared/engine/src/journal"));
    nowhere(
        sayings(&others, &["automerge", "autosurgeon"]),
        "the documents' library can be changed only if one room knows it",
    );
}

#[test]
fn only_the_vault_and_sharing_do_cryptography() {
    let others = rust(|file| {
        !file.is_under("shared/engine/src/vault")
            && !file.is_under("shared/engine/src/sharing")
            && !file.is_under("xtask")
    });
    nowhere(
        // A digest without a key seals nothing: it may be used elsewhere.
        sayings(&others, &["argon2", "chacha20poly1305", "hkdf", "bip39", "ed25519_dalek", "hpke"]),
        "keys and seals are read by one person in one place",
    );
}

#[test]
fn the_screens_know_the_door_and_the_words_of_the_domain() {
    let screens = rust(|file| file.is_under("app/src"));
    let forbidden = ["maillon_engine", "maillon_host", "maillon_worker", "automerge", "rusqlite"];
    nowhere(sayings(&screens, &forbidden), "screens ask one engine through one door");
    let manifest = std::fs::read_to_string(root().join("app/Cargo.toml")).unwrap();
    let ours: Vec<_> = manifest.lines().filter(|line| line.starts_with("maillon-")).collect();
    assert_eq!(ours, ["maillon-shared.workspace = true"], "app/Cargo.toml");
}

#[test]
fn the_domain_knows_nobody() {
    let domain = rust(|file| file.is_under("shared/src/domain") || file.is_under("shared/src/text"));
    nowhere(sayings(&domain, &["api"]), "the words of the domain come before the door");
}

#[test]
fn the_engine_and_the_domain_have_no_disk_clock_or_chance_of_their_own() {
    let engine = rust(|file| file.is_under("shared/engine/src") || file.is_under("shared/src"));
    let forbidden = [
        "std::fs",
        "std::net",
        "std::thread",
        "std::env",
        "std::process",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "getrandom",
        "rand",
        "println",
        "eprintln",
    ];
    nowhere(sayings(&engine, &forbidden), "they come in from the host, so that a whole village can be simulated");
}

#[test]
fn only_the_window_says_tauri() {
    let others =
        rust(|file| !file.is_under("src-tauri/src") && file.path != "src-tauri/build.rs" && !file.is_under("xtask"));
    nowhere(sayings(&others, &["tauri", "tauri_build"]), "the native host runs without a window");
}

#[test]
fn only_the_hosts_know_what_a_notebook_rests_on() {
    let others = rust(|file| {
        !file.is_under("src-tauri/host")
            && !file.is_under("app/worker")
            && !file.is_under("tests")
            && !file.is_under("xtask")
    });
    nowhere(sayings(&others, &["rusqlite", "rexie"]), "a store sees opaque rows; the engine sees a store");
}

// ── How files are kept ──────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn every_file_says_first_what_it_is_for() {
    let mute = files("rs").into_iter().filter(|file| {
        let first = file.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
        first.and_then(|line| line.strip_prefix("//! ")).map_or(0, |said| said.split_whitespace().count()) < 3
    });
    nowhere(mute.map(|file| file.path).collect(), "a file begins with what it is for, as a sentence");
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    let mut long = Vec::new();
    for file in files("rs").into_iter().chain(files("css")) {
        let lines = file.text.lines().count();
        if lines > 600 {
            long.push(format!("{}: {lines}", file.path));
        }
    }
    nowhere(long, "a file has one subject and is read at one sitting");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:"), concat!("HA", "CK:")];
    let mut found = Vec::new();
    for file in ["rs", "css", "toml"].into_iter().flat_map(files) {
        for (index, line) in file.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                found.push(format!("{}:{}", file.path, index + 1));
            }
        }
    }
    nowhere(found, "what is not done is an issue, not a comment");
}

#[test]
fn every_allowance_has_its_reason() {
    let mut found = Vec::new();
    for (file, parts) in rust(|_| true) {
        for (at, _) in parts.code.match_indices("allow(") {
            let attribute: String = parts.code[at..].chars().take_while(|c| *c != ']').collect();
            let line = parts.code[..at].lines().count().max(1);
            if parts.code[..at].trim_end().ends_with(['[', ',', '(']) && !attribute.contains("reason") {
                found.push(format!("{}:{line}", file.path));
            }
        }
    }
    nowhere(found, "a lint is set aside for a reason, which is written");
}

#[test]
fn versions_are_said_once_in_the_workspace() {
    let mut found = Vec::new();
    for file in files("toml").into_iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let mut in_dependencies = false;
        for (index, line) in file.text.lines().enumerate() {
            if line.starts_with('[') {
                in_dependencies = line.contains("dependencies");
            } else if in_dependencies && line.contains('=') {
                let here = line.contains("version")
                    || line.split_once('=').is_some_and(|(_, said)| said.trim().starts_with('"'));
                if here {
                    found.push(format!("{}:{}: {line}", file.path, index + 1));
                }
            }
        }
    }
    nowhere(found, "one version of each dependency, in the workspace");
}

// ── What is seen ────────────────────────────────────────────────────────────────────────────────────────────────────

/// Whether a line of style or code writes a colour itself.
fn writes_a_colour(line: &str) -> bool {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];
    let hexadecimal = line.match_indices('#').any(|(at, _)| {
        let digits = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
        let ends =
            !line[at + 1 + digits..].chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        matches!(digits, 3 | 4 | 6 | 8) && ends
    });
    hexadecimal
        || functions.iter().any(|function| says(line, function.trim_end_matches('(')) && line.contains(function))
}

#[test]
fn a_colour_is_known_when_it_is_seen() {
    for colour in ["color: #fff;", "background: #12ab9f80", "a { color: oklch(50% 0 0) }", "rgb(1 2 3)"] {
        assert!(writes_a_colour(colour), "{colour}");
    }
    for other in
        ["a#face-id {}", "href=\"#suite\"", "color: var(--ink);", "color-mix(in srgb, var(--a), var(--b))", "#[x]"]
    {
        assert!(!writes_a_colour(other), "{other}");
    }
}

#[test]
fn colours_are_tokens() {
    let mut found = Vec::new();
    for file in files("css").into_iter().filter(|file| file.is_under("app") && !file.path.contains("tokens")) {
        let styles = without_css_comments(&file.text);
        let lines = styles.lines().enumerate().filter(|(_, line)| writes_a_colour(line));
        found.extend(lines.map(|(index, line)| format!("{}:{}: {}", file.path, index + 1, line.trim())));
    }
    for (file, parts) in rust(|file| file.is_under("app/src")) {
        let strings = parts.strings.iter().filter(|(_, string)| writes_a_colour(string));
        found.extend(strings.map(|(line, string)| format!("{}:{line}: {string}", file.path)));
    }
    nowhere(found, "a colour is a token: both themes and every contrast are decided in one place");
}

#[test]
fn forms_leave_what_is_to_be_mended_to_the_screens() {
    let mut found = Vec::new();
    for (file, _) in rust(|file| file.is_under("app/src")) {
        for (at, _) in file.text.match_indices("<form").filter(|(at, _)| !file.text[at + 5..].starts_with(['_', ':'])) {
            if !file.text[at + 5..].trim_start().starts_with("novalidate") {
                found.push(format!("{}:{}", file.path, file.text[..at].lines().count()));
            }
        }
    }
    nowhere(found, "a browser speaks of a form in its own language, and refuses to keep what is only odd: novalidate");
}

/// Where code reads a signal, or runs a callback, of a screen that may have gone while it waited: reading what is gone
/// ends the program. Each block that waits is looked at from where it first does. The session lasts as long as the page.
fn reads_after_waiting(code: &str) -> Vec<(usize, String)> {
    const READS: [&str; 6] = [".get_untracked(", ".with_untracked(", ".get_value(", ".with_value(", ".run(", ".get()"];
    let mut found = Vec::new();
    for (at, block) in code.match_indices("async move {") {
        let mut depth = 0_usize;
        let inside = code[at + block.len()..].char_indices().find_map(|(end, c)| {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => return Some(&code[at + block.len()..at + block.len() + end]),
                '}' => depth -= 1,
                _ => {}
            }
            None
        });
        let inside = inside.unwrap_or_default();
        let Some(waits) = inside.find(".await").into_iter().chain(inside.find("answer!(")).min() else { continue };
        // What is asked for is made before one waits for the answer.
        let after = waits + inside[waits..].find(['\n', ';']).unwrap_or(0);
        for read in READS {
            for (place, _) in inside[after..].match_indices(read) {
                let before = &inside[..after + place];
                let line_begins = before.rfind('\n').map_or(0, |end| end + 1);
                if !before[line_begins..].contains("session()") {
                    let number = code[..at + block.len() + after + place].lines().count();
                    found.push((number, read.to_owned()));
                }
            }
        }
    }
    found
}

/// A form whose draft is kept under a name that the list of drafts does not know could not be taken up again.
#[test]
fn every_form_that_keeps_a_draft_is_in_the_list_of_drafts() {
    let screens = rust(|file| file.is_under("app/src/pages"));
    let list = screens.iter().find(|(file, _)| file.path.ends_with("pages/more/drafts.rs"));
    let known: Vec<&str> = list.unwrap().1.strings.iter().map(|(_, text)| text.as_str()).collect();
    let mut missing = Vec::new();
    for (file, _) in &screens {
        for (number, line) in file.text.lines().enumerate() {
            let named =
                ["drafts::key(\"", "const FORM: &str = \"", "const DRAFT: &str = \"", "const DRAFT_FROM: &str = \""];
            let form = named.iter().find_map(|before| line.split_once(before)?.1.split('"').next());
            missing.extend(
                form.filter(|form| !known.contains(form)).map(|form| format!("{}:{}: {form}", file.path, number + 1)),
            );
        }
    }
    nowhere(missing, "`app/src/pages/more/drafts.rs` says what each draft is of and leads back to its form");
}

#[test]
fn a_read_after_waiting_is_known_when_it_is_seen() {
    let bad = "spawn_local(async move {\n let w = write(x).await;\n before.set(form.get_untracked());\n})";
    assert_eq!(reads_after_waiting(bad), [(3, ".get_untracked(".to_owned())]);
    for good in [
        "spawn_local(async move {\n let w = write(form.get_untracked()).await;\n busy.try_set(false);\n})",
        "spawn_local(async move {\n let e = answer!(Ask(people.get_value()), E(e) => e);\n done.try_run(());\n})",
        "spawn_local(async move {\n write(x).await;\n session().role.get_untracked();\n})",
        "let f = move || { form.get_untracked() }",
    ] {
        assert_eq!(reads_after_waiting(good), [], "{good}");
    }
}

#[test]
fn what_waited_reads_nothing_of_a_screen_that_may_be_gone() {
    let screens = rust(|file| file.is_under("app/src"));
    let found = screens.iter().flat_map(|(file, parts)| {
        let reads = reads_after_waiting(&parts.code).into_iter();
        reads.map(|(line, read)| format!("{}:{line}: {read}", file.path))
    });
    nowhere(found.collect(), "after waiting, the screen may be gone: read before, or with `try_…`");
}

/// How code of a screen prints as no paper should; none when it prints well, or nothing.
fn prints_badly(code: &str) -> Option<&'static str> {
    let presses = code.contains("<PrintButton") || says(code, "print_whole");
    if code.contains(".print()") {
        Some("by itself, before its rows are drawn: `PrintButton`, or `print_whole` after waiting")
    } else if presses && !code.contains("<OnPaper") {
        Some("without saying what it becomes: `OnPaper`")
    } else {
        None
    }
}

#[test]
fn a_bad_way_to_print_is_known_when_it_is_seen() {
    for bad in [
        "<button on:click=|_| drop(window().print())>{w::print}</button>",
        "let browser = window();\n browser.print().ok();",
        "<Title>{w::title}</Title> <PrintButton label=w::print />",
        "give().await?;\n print_whole();",
    ] {
        assert!(prints_badly(bad).is_some(), "{bad}");
    }
    for good in [
        "<OnPaper paper=Paper::NamesPeople /> <PrintButton />",
        "<OnPaper paper=Paper::SpeaksForItself /> give().await?; print_whole();",
        "<OnPaper paper=Paper::NamesPeople />",
        "fn print_title() {}",
    ] {
        assert_eq!(prints_badly(good), None, "{good}");
    }
}

#[test]
fn whatever_prints_says_what_it_becomes_on_paper() {
    // Where printing is, and where its name is passed on.
    let prints = ["app/src/ui/on_paper.rs", "app/src/ui/mod.rs"];
    // Summaries are drawn as the mairie reads them, with a head and notes of their own, and name nobody.
    let apart = "app/src/pages/summary";
    let screens =
        rust(|file| file.is_under("app/src") && !prints.contains(&file.path.as_str()) && !file.is_under(apart));
    let found =
        screens.iter().filter_map(|(file, parts)| Some(format!("{}: {}", file.path, prints_badly(&parts.code)?)));
    nowhere(found.collect(), "a paper says of which day it is, who printed it, and whether it is to be destroyed");
}

fn without_css_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        kept.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Whether a string is French that someone would read.
fn is_french(string: &str) -> bool {
    let words =
        ["le", "la", "les", "des", "une", "du", "est", "vous", "pour", "avec", "dans", "aucun", "aucune", "votre"];
    string.contains(|c| "éèêëàâçùûîïôœÉÈÀÇŒ«»".contains(c))
        || string
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| words.contains(&word.to_lowercase().as_str()))
            .count()
            >= 2
}

#[test]
fn screens_speak_no_language_of_their_own() {
    let mut found = Vec::new();
    // Passphrases that everyone tries are looked for, not shown.
    let tried = "app/src/pages/welcome/strength.rs";
    for (file, parts) in rust(|file| file.is_under("app/src") && file.path != tried) {
        let strings = parts.strings.iter().filter(|(_, string)| is_french(string));
        found.extend(strings.map(|(line, string)| format!("{}:{line}: {string}", file.path)));
    }
    nowhere(found, "what people read is in app/locales, in French and in English");
}

#[test]
fn the_engine_speaks_no_language() {
    let engine = rust(|file| {
        // The heads of tables that go out are French words, fixed for ever; the 24 words are what they are.
        file.is_under("shared/engine/src") && !file.is_under("shared/engine/src/exchange")
    });
    let mut found = Vec::new();
    for (file, parts) in engine {
        let strings = parts.strings.iter().filter(|(_, string)| is_french(string));
        found.extend(strings.map(|(line, string)| format!("{}:{line}: {string}", file.path)));
    }
    nowhere(found, "codes, ids and data; screens find the words");
}
