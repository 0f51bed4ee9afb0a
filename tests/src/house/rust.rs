//! Rust, just enough to tell code from comments and from strings.
//!
//! A rule about imports must not fall over a comment that names what is forbidden, and a rule about French must look
//! into strings only.

/// A source file taken apart. Every line keeps its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The code: comments gone, strings empty.
    pub code: String,
    /// Each string, with the number of the line it begins on.
    pub strings: Vec<(usize, String)>,
}

/// Takes a source file apart, without the tests at its end.
pub fn parts(text: &str) -> Parts {
    take_apart(without_tests(text))
}

/// What comes before `#[cfg(test)] mod tests {`.
fn without_tests(text: &str) -> &str {
    let mut from = 0;
    while let Some(found) = text[from..].find("#[cfg(test)]") {
        let at = from + found;
        let after = text[at + "#[cfg(test)]".len()..].trim_start();
        if after.starts_with("mod ") && after.lines().next().is_some_and(|line| line.trim_end().ends_with('{')) {
            return &text[..at];
        }
        from = at + 1;
    }
    text
}

fn take_apart(text: &str) -> Parts {
    let chars: Vec<char> = text.chars().collect();
    let mut parts = Parts { code: String::with_capacity(text.len()), strings: Vec::new() };
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let rest = &chars[at..];
        let length = match rest {
            ['/', '/', ..] => rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => block_comment(rest),
            _ => match string(rest, parts.code.chars().next_back()) {
                Some((length, inside)) => {
                    parts.strings.push((line, inside));
                    parts.code.push_str("\"\"");
                    length
                }
                None => {
                    let length = character(rest);
                    parts.code.extend(&rest[..length]);
                    line += rest[..length].iter().filter(|c| **c == '\n').count();
                    at += length;
                    continue;
                }
            },
        };
        // What is left out still counts its lines.
        let lines = rest[..length].iter().filter(|c| **c == '\n').count();
        parts.code.extend(std::iter::repeat_n('\n', lines));
        line += lines;
        at += length;
    }
    parts
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a string that begins here, and what is in it.
fn string(rest: &[char], before: Option<char>) -> Option<(usize, String)> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let raw = match rest {
        ['"', ..] => return plain_string(rest),
        ['r', '"' | '#', ..] if !in_word => 1,
        ['b', 'r', '"' | '#', ..] if !in_word => 2,
        _ => return None,
    };
    let hashes = rest[raw..].iter().take_while(|c| **c == '#').count();
    let open = raw + hashes;
    if rest.get(open) != Some(&'"') {
        return None;
    }
    let closes =
        |at: usize| rest[at] == '"' && rest[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    let close = (open + 1..rest.len()).find(|at| closes(*at))?;
    Some((close + 1 + hashes, rest[open + 1..close].iter().collect()))
}

fn plain_string(rest: &[char]) -> Option<(usize, String)> {
    let (mut at, mut inside) = (1, String::new());
    while at < rest.len() {
        match rest[at] {
            '"' => return Some((at + 1, inside)),
            '\\' => {
                inside.extend(rest.get(at..at + 2)?);
                at += 2;
            }
            c => {
                inside.push(c);
                at += 1;
            }
        }
    }
    None
}

/// The length of a character literal, so that `'"'` begins no string; one for anything else.
fn character(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', _, '\'', ..] => 4,
        ['\'', '\\', ..] => rest.iter().skip(2).position(|c| *c == '\'').map_or(1, |at| at + 3),
        ['\'', c, '\'', ..] if *c != '\'' => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_no_code() {
        let parts = parts(
            "//! automerge\nlet a = \"un \\\" é\"; /* x /* y */ z */ b('\"', r#\"c \"d\"\"#, 'a);\nlet e = \"f\";",
        );
        assert_eq!(parts.code, "\nlet a = \"\";  b('\"', \"\", 'a);\nlet e = \"\";");
        assert_eq!(parts.strings, [(2, "un \\\" é".into()), (2, "c \"d\"".into()), (3, "f".into())]);
    }

    #[test]
    fn a_string_over_several_lines_keeps_the_count() {
        let parts = parts("a(\"b\nc\");\nd(\"e\");");
        assert_eq!(parts.code.lines().count(), 3);
        assert_eq!(parts.strings, [(1, "b\nc".into()), (3, "e".into())]);
    }

    #[test]
    fn the_tests_at_the_end_are_left_out_and_nothing_else() {
        let text = "#[cfg(test)]\nuse x;\nfn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}";
        assert_eq!(parts(text).code, "#[cfg(test)]\nuse x;\nfn a() {}\n");
    }
}
