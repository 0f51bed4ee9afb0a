//! The ways out of a card: only a plain mail address or a web address leads anywhere, whatever a file brought in.

/// The link that writes to an address.
pub fn mail_link(address: &str) -> Option<String> {
    let address = address.trim();
    let (name, domain) = address.split_once('@')?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\'');
    let is_address = !name.is_empty() && name.chars().all(plain) && domain.contains('.') && domain.chars().all(plain);
    is_address.then(|| format!("mailto:{address}"))
}

/// The link to a site; `www.exemple.fr` says no more than `https://www.exemple.fr`.
pub fn site_link(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let (scheme, rest) = match lower.split_once("://") {
        Some((scheme @ ("http" | "https"), rest)) => (scheme, rest),
        Some(_) => return None,
        None => ("", lower.as_str()),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A colon would be another scheme, an @ would hide where the link leads.
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let is_site = host.contains('.') && host.chars().all(plain) && !rest.contains(char::is_whitespace);
    is_site.then(|| if scheme.is_empty() { format!("https://{address}") } else { address.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_reached_and_nothing_else_is() {
        for (written, expected) in [
            ("https://exemple.example/a?b=c", Some("https://exemple.example/a?b=c")),
            (" HTTP://Exemple.example ", Some("HTTP://Exemple.example")),
            ("www.exemple.example", Some("https://www.exemple.example")),
            ("javascript:alert(1)", None),
            ("javascript://exemple.example", None),
            ("https://exemple.example@ailleurs.example", None),
            ("à venir", None),
            ("", None),
        ] {
            assert_eq!(site_link(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn a_mail_address_brings_no_words_of_its_own() {
        for (written, expected) in [
            ("accueil@exemple.example", Some("mailto:accueil@exemple.example")),
            ("a@exemple.example?cc=b@ailleurs.example", None),
            ("a@b@exemple.example", None),
            ("voir le site", None),
        ] {
            assert_eq!(mail_link(written).as_deref(), expected, "{written}");
        }
    }
}
