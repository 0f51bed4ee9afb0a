//! A summary as a file that stands alone: it opens anywhere, fetches nothing and runs nothing.

use maillon_shared::api::responses::File;
use maillon_shared::api::summary::{Published, Summaries};

use super::words::{notes, period_words};
use super::{paper, publications, report_paper};
use crate::pages::liaison::{escaped, whole_page};
use crate::words::summary as w;

/// No colour of its own: it is read on a screen or on paper, in black and white as well.
const STYLE: &str = "body{font:11pt/1.45 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
    h1{font-size:1.5em;line-height:1.2}h2{font-size:1.2em;margin:1.6em 0 .2em;border-bottom:1px solid}\
    h3{font-size:1em;margin:1.2em 0 0}h2,h3,caption{break-after:avoid}p{margin:.2em 0}\
    .total{font-size:1.15em;font-weight:bold}.detail,footer{font-size:.9em}\
    table{border-collapse:collapse;width:100%;margin:.4em 0;font-size:.95em}\
    caption{text-align:start;font-weight:bold;padding:.3em 0}\
    th,td{padding:.25em .5em .25em 0;border-bottom:1px solid;text-align:start;vertical-align:top;font-weight:normal}\
    td,th[scope=col]:not(:first-child){text-align:end}td{white-space:nowrap}thead th{font-weight:bold}\
    .scrolled{overflow-x:auto}.divided{break-inside:avoid;display:grid;gap:0 1.5rem;align-items:start;\
    grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr))}.bars{width:100%;max-width:24rem}\
    .promises :is(td,th[scope=col]:not(:first-child)){text-align:start;white-space:normal}\
    .detail{display:block}footer{margin-top:2em}@page{size:A4;margin:16mm 14mm}\
    @media print{body{max-width:none;margin:0;padding:0}}";

/// The file.
pub fn html(all: &Summaries, one: &Published) -> File {
    let of = &one.publication;
    let title = w::heading(period_words(of.period));
    let mut body = format!("<h1>{}</h1>\n<p>{}</p>\n", escaped(&title), escaped(&paper::head(all, one)));
    body += &report_paper::of(all, of.period, 2);
    body += &paper::body(of, &publications(all), 2);
    body += "<footer>\n";
    for note in notes(of.threshold) {
        body += &format!("<p>{}</p>\n", escaped(&note));
    }
    body += "</footer>\n";
    whole_page(&title, STYLE, &body, format!("maillon-synthese-{}.html", of.period))
}
