//! A sheet as a file: a page that one reads anywhere, with the same words as data for a program; or the data alone. Nothing
//! is fetched, nothing runs, nothing is a link, and no name of anyone is in the file's name.

use maillon_shared::api::responses::File;
use maillon_shared::api::sheets::SheetLeft;
use maillon_shared::domain::procedure::ProcedureStep;
use maillon_shared::domain::travelling_sheet::SheetField;

use super::words::{count_words, kind_words, name_of, provenance_words};
use crate::pages::liaison::{escaped, whole_page};
use crate::pages::procedures::steps::after_words;
use crate::words::{in_a_row, procedures as p, travelling as w};

/// No colour of its own: it is read on a screen or on paper, in black and white as well.
const STYLE: &str = "body{font:11pt/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}\
    h1{font-size:1.5em;line-height:1.2}h2{font-size:1.15em;margin:1.5em 0 .2em;border-bottom:1px solid;break-after:avoid}\
    p{margin:.2em 0;white-space:pre-line}li{margin:.3em 0;break-inside:avoid}.detail,footer{font-size:.9em}\
    footer{margin-top:2em}@page{size:A4;margin:16mm 14mm}@media print{body{max-width:none;margin:0;padding:0}}";

fn name(left: &SheetLeft, extension: &str) -> String {
    let from = &left.travelled.provenance;
    format!("maillon-fiche-{}-v{}.{extension}", from.made_on, from.version)
}

/// The data, alone.
pub fn data_file(left: &SheetLeft) -> File {
    File { name: name(left, "json"), mime: "application/json".to_owned(), bytes: left.data.clone().into_bytes() }
}

/// The page, with the data in it.
pub fn page_file(left: &SheetLeft) -> File {
    let sheet = &left.travelled;
    let says = &sheet.says;
    let from = provenance_words(&sheet.provenance);
    let mut body = format!(
        "<h1>{}</h1>\n<p class=\"detail\">{}</p>\n",
        escaped(&says.title),
        escaped(&in_a_row([kind_words(&says.kind), from])),
    );
    let mut part = |heading: &str, inner: String| {
        if !inner.is_empty() {
            body += &format!("<h2>{}</h2>\n{inner}\n", escaped(heading));
        }
    };
    let prose = |field: SheetField| match says.text(field).trim() {
        "" => String::new(),
        text => format!("<p>{}</p>", escaped(text)),
    };
    for field in [SheetField::Context, SheetField::Public, SheetField::Axes] {
        part(name_of(field), prose(field));
    }
    let step = |step: &ProcedureStep| {
        let told = in_a_row([step.who.clone(), after_words(step.after)]);
        let how = if step.how.trim().is_empty() { String::new() } else { format!("<p>{}</p>", escaped(&step.how)) };
        format!("<li>{}<br><span class=\"detail\">{}</span>{how}</li>", escaped(&step.what), escaped(&told))
    };
    part(p::steps(), listed("ol", says.steps.iter().map(step)));
    part(name_of(SheetField::Means), prose(SheetField::Means));
    let pair = |one: &str, other: &str| format!("<li>{}</li>", escaped(&in_a_row([one, other])));
    part(w::partners(), listed("ul", says.partners.iter().map(|line| pair(&line.kind, &line.role))));
    part(w::results(), listed("ul", says.results.iter().map(|line| pair(&line.what, &count_words(line.n)))));
    for field in
        [SheetField::Worked, SheetField::ToChange, SheetField::Conditions, SheetField::Contact, SheetField::Licence]
    {
        part(name_of(field), prose(field));
    }
    let chain = sheet.chain.iter().map(|from| pair(&from.title, &provenance_words(from)));
    part(w::comes_from(), listed("ol", chain));
    body += &format!("<footer>{}</footer>\n{}", escaped(w::page_foot()), left.block);
    whole_page(&says.title, STYLE, &body, name(left, "html"))
}

fn listed(tag: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("<{tag}>{lines}</{tag}>") }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::{LineId, SheetId};
    use maillon_shared::domain::travelling_sheet::{
        Provenance, SheetKind, SheetPartner, SheetResult, SheetText, Travelled,
    };

    use super::*;

    #[test]
    fn whatever_was_written_is_read_and_never_run() {
        let hostile = "</script><script>alert(1)</script><a href=\"javascript:alert(1)\">ici</a>";
        let mut says = SheetText { kind: SheetKind::Lessons, ..SheetText::default() };
        SheetField::ALL.iter().for_each(|field| *says.text_mut(*field) = hostile.into());
        let id = LineId([1; 16]);
        let (what, how, who) = (hostile.into(), hostile.into(), hostile.into());
        says.steps.push(ProcedureStep { what, how, who, after: Some(3), id });
        says.partners.push(SheetPartner { kind: hostile.into(), role: hostile.into(), id });
        says.results.push(SheetResult { what: hostile.into(), n: None, id });
        let provenance = Provenance {
            sheet: SheetId([7; 16]),
            version: 2,
            title: hostile.into(),
            territory: hostile.into(),
            author: hostile.into(),
            made_on: "2026-03-02".parse().expect("a date"),
        };
        let travelled = Travelled { chain: vec![provenance.clone()], provenance, says };
        let block = "<script type=\"application/json\" id=\"maillon-sheet\">\n{}\n</script>\n".to_owned();
        let file = page_file(&SheetLeft { travelled, data: "{}".into(), block });
        assert_eq!(file.name, "maillon-fiche-2026-03-02-v2.html");
        let page = String::from_utf8(file.bytes).expect("a page");
        assert_eq!(page.matches("<script").count(), 1, "the data, and nothing else");
        assert!(!page.contains("<a ") && !page.contains("<script>"));
    }
}
