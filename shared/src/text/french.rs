//! French typography: the spaces that must not break.
//!
//! A narrow one (U+202F) before `;` `!` `?` and `%`, and between thousands; a full one (U+00A0) before `:` and `€`,
//! inside « », around the *h* of hours, after "Mme", "M.", "Dr"… as the *Imprimerie nationale* and CLDR have them. Only
//! spaces are ever added or changed, never a letter; addresses of the web, mail addresses, 10:30 and 1/2 stay as they are.

/// A space that does not break: before `:`, inside « », around *h*, after "Mme".
pub const NBSP: char = '\u{a0}';
/// A narrow space that does not break: before `;` `!` `?` `%`, between thousands and in telephone numbers.
pub const NARROW: char = '\u{202f}';

/// Writes a French text with its spaces as they should be. Doing it twice changes nothing more.
pub fn typeset(text: &str) -> String {
    settle_spaces(&open_words(text))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NARROW)
}

fn is_mark(c: char) -> bool {
    matches!(c, ';' | ':' | '!' | '?')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '”' | '»' | '.' | ',' | '…')
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '"' | '“' | '«')
}

/// The space that goes before one of [`is_mark`].
fn before_mark(mark: char) -> char {
    if mark == ':' { NBSP } else { NARROW }
}

/// Adds the spaces missing inside words: "Bonjour!", "«oui»", "10h30", "12%".
fn open_words(text: &str) -> String {
    let mut opened = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
        opened.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        open_word(&rest[..end], &mut opened);
        rest = &rest[end..];
    }
    opened.push_str(rest);
    opened
}

fn open_word(word: &str, opened: &mut String) {
    if is_address(word) {
        opened.push_str(word);
        return;
    }
    let tail = tail_start(word);
    let hour = hour_sign(word);
    let mut before = None;
    for (at, c) in word.char_indices() {
        let after = &word[at + c.len_utf8()..];
        if before.is_some_and(|before: char| !is_space(before)) {
            let space = match c {
                '»' if ends_word(after) => Some(NBSP),
                '%' if before.is_some_and(|before| before.is_ascii_digit()) && ends_word(after) => Some(NARROW),
                '€' if before.is_some_and(|before| before.is_ascii_digit()) && ends_word(after) => Some(NBSP),
                'h' if hour == Some(at) => Some(NBSP),
                mark if is_mark(mark) && at >= tail && before.is_some_and(ends_text) => Some(before_mark(mark)),
                _ => None,
            };
            opened.extend(space);
        }
        opened.push(c);
        let more = !after.is_empty();
        let opens = c == '«' && word[..at].chars().all(is_opening);
        if more && (opens || (c == 'h' && hour == Some(at) && after.starts_with(|c: char| c.is_ascii_digit()))) {
            opened.push(NBSP);
            before = Some(NBSP);
        } else {
            before = Some(c);
        }
    }
}

/// Addresses, and signs such as "&eacute;", are written for machines.
fn is_address(word: &str) -> bool {
    let core = word.trim_end_matches(|c| is_closing(c) || is_mark(c));
    word.contains("://")
        || word.contains('@')
        || word.starts_with("www.")
        || (core.contains('/') && core.contains('.'))
        || (word.contains('&') && word.contains(';'))
}

/// Whether nothing but closing signs and marks comes after.
fn ends_word(after: &str) -> bool {
    after.chars().all(|c| is_closing(c) || is_mark(c))
}

/// Where the closing signs and marks that end a word begin: at the "?" of "Vraiment?!)".
fn tail_start(word: &str) -> usize {
    word.trim_end_matches(|c| is_closing(c) || is_mark(c)).len()
}

/// Whether a mark after this sign ends a text, and is not the second of "?!" or part of "::".
fn ends_text(before: char) -> bool {
    before.is_alphanumeric() || is_closing(before) || matches!(before, '%' | '€' | '\'' | '’')
}

/// Where the *h* is in "10h30", "(8h)" or "24h/24".
fn hour_sign(word: &str) -> Option<usize> {
    let start = word.find(|c: char| c.is_alphanumeric())?;
    let figures = word[start..].find(|c: char| !c.is_ascii_digit())?;
    let at = start + figures;
    let after = word[at..].strip_prefix('h')?;
    let minutes = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = !after[minutes..].starts_with(char::is_alphanumeric);
    (matches!(figures, 1 | 2) && matches!(minutes, 0 | 2) && whole).then_some(at)
}

/// Chooses the right space wherever there is one between two words.
fn settle_spaces(text: &str) -> String {
    let mut settled = String::with_capacity(text.len() + 8);
    let mut context = Context::default();
    let mut rest = text;
    loop {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..end];
        settled.push_str(word);
        rest = &rest[end..];
        let Some(space) = rest.chars().next() else { return settled };
        let after = &rest[space.len_utf8()..];
        let next_end = after.find(char::is_whitespace).unwrap_or(after.len());
        let next = &after[..next_end];
        let chosen = if is_space(space) && !word.is_empty() && !next.is_empty() {
            context.choose(word, next)
        } else {
            context = Context::default();
            None
        };
        settled.push(chosen.unwrap_or(space));
        rest = after;
    }
}

/// What the words just read were, for the signs of more than two words: "10 h 30", "12 345 678".
#[derive(Default)]
struct Context {
    /// The word before is the *h* of an hour.
    hour: bool,
    /// The word before is a group of three figures of a number.
    number: bool,
}

impl Context {
    fn choose(&mut self, word: &str, next: &str) -> Option<char> {
        let was = std::mem::take(self);
        let first = next.chars().next()?;
        if is_mark(first) && ends_word(next) {
            return Some(before_mark(first));
        }
        if matches!(first, '%' | '€')
            && word.ends_with(|c: char| c.is_ascii_digit())
            && ends_word(&next[first.len_utf8()..])
        {
            return Some(if first == '%' { NARROW } else { NBSP });
        }
        if word.ends_with('«') || first == '»' {
            return Some(NBSP);
        }
        if is_title(word) && first.is_uppercase() {
            return Some(NBSP);
        }
        let figures = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_number =
            |most: usize| (1..=most).contains(&figures.len()) && figures.bytes().all(|b| b.is_ascii_digit());
        let next_figures = next.len() - next.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let next_whole = !next[next_figures..].starts_with(char::is_alphabetic);
        if is_number(2) && next.strip_prefix('h').is_some_and(|after| !after.starts_with(char::is_alphanumeric)) {
            self.hour = next == "h";
            return Some(NBSP);
        }
        if was.hour && word == "h" && next_figures == 2 && next_whole {
            return Some(NBSP);
        }
        if next_figures == 3 && next_whole && (was.number || is_number(3)) {
            self.number = next.len() == 3;
            return Some(NARROW);
        }
        None
    }
}

fn is_title(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '«', '"', '“', NBSP]);
    matches!(word, "M." | "MM." | "Mme" | "Mmes" | "Mlle" | "Mlles" | "Mr" | "Dr" | "Drs" | "Pr" | "Me" | "St" | "Ste")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `~` stands for U+00A0 and `_` for U+202F.
    fn shown(text: &str) -> String {
        text.replace(NBSP, "~").replace(NARROW, "_")
    }

    #[test]
    fn spaces_are_as_the_french_print_them() {
        for (text, expected) in [
            ("Bonjour !", "Bonjour_!"),
            ("Bonjour!", "Bonjour_!"),
            ("Vraiment ?! Oui.", "Vraiment_?! Oui."),
            ("Vraiment?!", "Vraiment_?!"),
            ("Une chose ; deux : trois", "Une chose_; deux~: trois"),
            ("Reste: trois", "Reste~: trois"),
            ("(pourquoi?)", "(pourquoi_?)"),
            ("« Elle dort »", "«~Elle dort~»"),
            ("«Elle dort», dit-il", "«~Elle dort~», dit-il"),
            ("« Viens ! »", "«~Viens_!~»"),
            ("à 10 h 30, puis 8h", "à 10~h~30, puis 8~h"),
            ("de 9h30 à 12h.", "de 9~h~30 à 12~h."),
            ("24h/24.", "24~h/24."),
            ("12 345 habitants", "12_345 habitants"),
            ("1 234 567 €", "1_234_567~€"),
            ("170 000", "170_000"),
            ("en 2026 300 personnes", "en 2026 300 personnes"),
            ("12 % et 8%", "12_% et 8_%"),
            ("Mme Durand et M. Petit", "Mme~Durand et M.~Petit"),
            ("Mme la maire", "Mme la maire"),
            ("le Dr Martin (Mme Bois)", "le Dr~Martin (Mme~Bois)"),
            // What must stay as it is.
            ("https://exemple.fr/?a=b&c=d;e", "https://exemple.fr/?a=b&c=d;e"),
            ("http://exemple.fr/page?", "http://exemple.fr/page?"),
            ("www.exemple.fr/a?", "www.exemple.fr/a?"),
            ("Voir https://exemple.fr !", "Voir https://exemple.fr_!"),
            ("nadine@exemple.fr", "nadine@exemple.fr"),
            ("10:30", "10:30"),
            ("à 10:30?", "à 10:30_?"),
            ("un rapport de 3:1", "un rapport de 3:1"),
            ("1/2, a:b, 50%20", "1/2, a:b, 50%20"),
            ("&eacute;", "&eacute;"),
            ("04 90 18 05 66", "04 90 18 05 66"),
            ("13210 Saint-Rémy", "13210 Saint-Rémy"),
            ("2h2o, 10hab", "2h2o, 10hab"),
            ("ligne\n! autre\n", "ligne\n! autre\n"),
            ("  ", "  "),
            ("?", "?"),
            ("", ""),
        ] {
            assert_eq!(shown(&typeset(text)), expected, "{text}");
        }
    }

    /// Texts made of what the rules look at, in any disorder.
    fn disorder() -> impl Strategy<Value = String> {
        let pieces = ["Mme", "M.", "Durand", "a", "10", "345", "2026", "h", "30", "%", "€", "&", "/", "@", "h30", "8h"];
        let signs = [" ", " ", "\u{a0}", "\u{202f}", "\n", "«", "»", ":", ";", "!", "?", "(", ")", ".", ",", "\"", "é"];
        let all: Vec<&str> = pieces.into_iter().chain(signs).collect();
        proptest::collection::vec(proptest::sample::select(all), 0..14).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn twice_is_once(text in disorder()) {
            let once = typeset(&text);
            prop_assert_eq!(shown(&typeset(&once)), shown(&once));
        }

        #[test]
        fn only_spaces_change(text in disorder()) {
            let letters = |text: &str| text.chars().filter(|c| !is_space(*c)).collect::<String>();
            prop_assert_eq!(letters(&typeset(&text)), letters(&text));
        }

        #[test]
        fn any_text_comes_through(text in "\\PC{0,40}") {
            let once = typeset(&text);
            prop_assert_eq!(typeset(&once), once);
        }
    }
}
