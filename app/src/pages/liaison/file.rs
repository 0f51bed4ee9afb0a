//! A sheet as a file that stands alone: plain HTML, nothing fetched, no script, and no name of anyone in the file's name.

use maillon_shared::api::responses::File;
use maillon_shared::domain::liaison::LiaisonSheet;

use super::sheet::{Part, parts, writer};
use crate::when;
use crate::words::{language, liaison as w};

const STYLE: &str = "body{font:12pt/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.4em}\
                     h2{font-size:1.1em;margin-bottom:0}ul{margin-top:.3em}footer{margin-top:2em;font-size:.9em}";

/// The file.
pub fn html(sheet: &LiaisonSheet) -> File {
    let head = [w::about(&sheet.name), w::to(&sheet.recipient.name), w::from(writer())];
    let foot = w::foot(when::whole_date(sheet.day));
    standing_alone(w::sheet_title(), &head, &parts(sheet), &foot, format!("maillon-liaison-{}.html", sheet.day))
}

/// A paper as a file: its title, its first lines, its parts, its last line.
pub fn standing_alone(title: &str, head: &[String], parts: &[Part], foot: &str, name: String) -> File {
    let mut body = format!("<h1>{}</h1>\n", escaped(title));
    for line in head {
        body += &format!("<p>{}</p>\n", escaped(line));
    }
    for part in parts {
        body += &format!("<h2>{}</h2>\n<ul>\n", escaped(&part.heading));
        for line in &part.lines {
            body += &format!("<li>{}</li>\n", escaped(line));
        }
        body += "</ul>\n";
    }
    body += &format!("<footer>{}</footer>\n", escaped(foot));
    whole_page(title, STYLE, &body, name)
}

/// A page as a file: its title, how it looks, and what it holds, as HTML.
pub fn whole_page(title: &str, style: &str, body: &str, name: String) -> File {
    let page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{style}</style>\n</head>\n\
         <body>\n{body}</body>\n</html>\n",
        language().code(),
        escaped(title),
    );
    File { name, mime: "text/html;charset=utf-8".to_owned(), bytes: page.into_bytes() }
}

/// A text as HTML writes it: whatever was typed, it is read and never run.
pub fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            letter => written.push(letter),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_read_and_never_run() {
        let typed = "<script>alert('été')</script> & \"elle\" 👵 שלום";
        let written = escaped(typed);
        assert!(!written.contains(['<', '>', '"', '\'']));
        assert_eq!(written, "&lt;script&gt;alert(&#39;été&#39;)&lt;/script&gt; &amp; &quot;elle&quot; 👵 שלום");
    }
}
