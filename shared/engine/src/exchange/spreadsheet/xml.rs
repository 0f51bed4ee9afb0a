//! The little XML that spreadsheets are written in: what opens, what closes, and the text between.
//!
//! It checks nothing: a file that is not well formed reads as something, and never fails. No entity but the five and the
//! numbers is known, so that none can be made to grow.

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// Something opens: its name without its prefix, its attributes, and whether it closes at once.
    Open(&'a str, Attributes<'a>, bool),
    /// Something of that name closes.
    Close(&'a str),
    /// A text, entities and all.
    Text(&'a str),
    /// A text in which nothing is escaped.
    Plain(&'a str),
}

/// The attributes of an element, as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

/// Cuts a text into events.
pub(super) struct Events<'a>(&'a str);

impl<'a> Events<'a> {
    pub fn of(text: &'a str) -> Self {
        Events(text)
    }

    /// What is before an end and after it; the rest where the end is missing.
    fn until(&mut self, end: &str) -> &'a str {
        let (before, after) = self.0.split_once(end).unwrap_or((self.0, ""));
        self.0 = after;
        before
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if self.0.is_empty() {
                return None;
            }
            let Some(tag) = self.0.strip_prefix('<') else {
                let end = self.0.find('<').unwrap_or(self.0.len());
                let (text, rest) = self.0.split_at(end);
                self.0 = rest;
                return Some(Event::Text(text));
            };
            self.0 = tag;
            if let Some(comment) = tag.strip_prefix("!--") {
                self.0 = comment;
                self.until("-->");
            } else if let Some(plain) = tag.strip_prefix("![CDATA[") {
                self.0 = plain;
                return Some(Event::Plain(self.until("]]>")));
            } else if tag.starts_with(['!', '?']) {
                self.until(">");
            } else if let Some(close) = tag.strip_prefix('/') {
                self.0 = close;
                return Some(Event::Close(local(self.until(">").trim())));
            } else {
                let inside = self.tag();
                let (inside, closes) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
                let end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
                let (name, attributes) = inside.split_at(end);
                return Some(Event::Open(local(name), Attributes(attributes), closes));
            }
        }
    }
}

impl<'a> Events<'a> {
    /// What is inside a tag: a `>` between quotation marks does not end it.
    fn tag(&mut self) -> &'a str {
        let mut quote = None;
        let end = self.0.find(|c: char| match quote {
            None if c == '>' => true,
            None => {
                quote = matches!(c, '"' | '\'').then_some(c);
                false
            }
            Some(open) => {
                if c == open {
                    quote = None;
                }
                false
            }
        });
        let end = end.unwrap_or(self.0.len());
        let inside = &self.0[..end];
        self.0 = self.0.get(end + 1..).unwrap_or_default();
        inside
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

impl Attributes<'_> {
    /// The value of an attribute, by its name without its prefix.
    pub fn get(&self, sought: &str) -> Option<String> {
        let mut rest = self.0;
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = after[1..].split_once(quote)?;
            if local(name.trim()) == sought {
                return Some(unescaped(value));
            }
            rest = after;
        }
        None
    }

    /// The same, as a number.
    pub fn number(&self, sought: &str) -> Option<usize> {
        self.get(sought)?.trim().parse().ok()
    }
}

/// A text without its entities.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 10);
        match entity.and_then(|(name, after)| Some((letter(name)?, after))) {
            Some((letter, after)) => {
                plain.push(letter);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn letter(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_closes_and_stands_between_is_told() {
        let text = "<?xml version=\"1.0\"?><!-- <a> --><x:a b='1 > 0' c:d=\"&lt;&#233;&quot;\"><e/>t&amp;u<![CDATA[<&>]]></x:a>";
        let events: Vec<Event<'_>> = Events::of(text).collect();
        let Event::Open("a", attributes, false) = events[0] else { panic!("{events:?}") };
        assert_eq!((attributes.get("b"), attributes.get("d")), (Some("1 > 0".into()), Some("<é\"".into())));
        assert_eq!(attributes.get("x"), None);
        assert!(matches!(events[1], Event::Open("e", _, true)));
        assert_eq!(events[2..], [Event::Text("t&amp;u"), Event::Plain("<&>"), Event::Close("a")]);
        assert_eq!(unescaped("&a; &#x41;&#0xZ; &"), "&a; A&#0xZ; &");
    }

    #[test]
    fn what_is_cut_short_reads_to_its_end() {
        for text in ["<", "<a", "<a b", "<a b=", "<a b='", "</", "<!--", "<![CDATA[x", "<?", "a<b>c</b", "<é ü='ß'/>"]
        {
            assert!(Events::of(text).count() <= 4, "{text}");
        }
    }
}
