//! A report as a text: the same on screen, on paper and in a file. Every word is escaped.

use std::fmt::Write as _;

use maillon_shared::domain::summary::report::{CommitmentState, PublishedReport, Telling, ToldCommitment, ToldStory};

use crate::pages::liaison::escaped;
use crate::words::summary_report as w;

/// All that a report says. `level` is that of its headings.
pub fn body(report: &PublishedReport, level: u8) -> String {
    let heading = |words: &str| format!("<h{level}>{}</h{level}>\n", escaped(words));
    let mut html = paragraphs(&report.lead);
    if !report.stories.is_empty() {
        html += &heading(w::stories());
        report.stories.iter().for_each(|story| html += &this_story(story, level + 1));
    }
    if !report.commitments.is_empty() {
        html += &heading(w::commitments());
        html += &table(&report.commitments);
    }
    if !report.next.is_empty() {
        html += &heading(w::next());
        html += &paragraphs(&report.next);
    }
    format!("<section class=\"report-paper\">\n{html}</section>\n")
}

fn this_story(story: &ToldStory, level: u8) -> String {
    let mut html = String::from("<article>\n");
    if !story.title.is_empty() {
        let _ = writeln!(html, "<h{level}>{}</h{level}>", escaped(&story.title));
    }
    html += &paragraphs(&story.text);
    let by_right = match story.telling {
        Telling::Agreed => w::told_agreed(),
        Telling::Recomposed => w::told_recomposed(),
        Telling::Unknown(_) => w::told_unknown(),
    };
    let _ = writeln!(html, "<p class=\"detail\">{}</p>\n</article>", escaped(by_right));
    html
}

fn table(commitments: &[ToldCommitment]) -> String {
    let mut html = String::from("<table><thead><tr>");
    for head in [w::commitment_who(), w::commitment_what(), w::commitment_state()] {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(head));
    }
    html += "</tr></thead><tbody>\n";
    for one in commitments {
        let state = one.state.as_ref().map_or("", state_words);
        let [who, what, state] = [one.who.as_str(), &one.what, state].map(escaped);
        let _ = writeln!(html, "<tr><th scope=\"row\">{who}</th><td>{what}</td><td>{state}</td></tr>");
    }
    html + "</tbody></table>\n"
}

/// How far a commitment is, in words.
pub fn state_words(state: &CommitmentState) -> &str {
    match state {
        CommitmentState::Kept => w::kept(),
        CommitmentState::UnderWay => w::under_way(),
        CommitmentState::NotYet => w::not_yet(),
        CommitmentState::Unknown(code) => code,
    }
}

fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{}</p>\n", escaped(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_says_by_what_right_it_is_told_and_words_never_become_marks() {
        let story = |telling| ToldStory { title: "<b>".into(), text: "un\n\ndeux".into(), telling };
        let html = this_story(&story(Telling::Agreed), 3);
        assert!(html.contains("<h3>&lt;b&gt;</h3>") && html.contains("<p>un</p>\n<p>deux</p>"), "{html}");
        assert_ne!(html, this_story(&story(Telling::Recomposed), 3));
    }
}
