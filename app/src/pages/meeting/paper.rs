//! What leaves, as lines: the same on screen, on paper, in the file, and copied.

use leptos::prelude::*;
use maillon_shared::api::responses::File;
use maillon_shared::domain::meeting_paper::{About, Attended, Decided, Invitation, Minutes, Who};

use crate::pages::liaison::{Part, lines_of, standing_alone};
use crate::when;
use crate::words::{in_a_row, liaison, meeting as w, project};

/// A paper: its title, its first lines, its parts, its last line.
#[derive(Clone)]
pub struct Written {
    title: &'static str,
    head: Vec<String>,
    parts: Vec<Part>,
    foot: String,
    /// What the file is called: a day, and nobody.
    file: String,
}

fn part(heading: &str, lines: Vec<String>) -> Option<Part> {
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    (!lines.is_empty()).then(|| Part { heading: heading.to_owned(), lines })
}

/// An invitation, by whoever writes.
pub fn of_invitation(invitation: &Invitation, writer: &str) -> Written {
    let at = in_a_row([
        when::whole_date(invitation.day),
        invitation.hour.map(when::hour).unwrap_or_default(),
        invitation.place.clone(),
    ]);
    let mut head = vec![liaison::to(&invitation.recipient.name), liaison::from(writer)];
    let (mut parts, foot) = match &invitation.about {
        About::Nobody => (Vec::new(), w::foot_unnamed().to_owned()),
        About::Named(named) => {
            head.insert(0, liaison::about(&named.name));
            let parts = [part(w::subject(), lines_of(&named.purpose)), part(w::points(), named.points.clone())];
            (parts.into_iter().flatten().collect(), liaison::foot(when::whole_date(invitation.day)))
        }
    };
    parts.splice(0..0, part(w::when_and_where(), vec![when::capital(at)]));
    parts.extend(part(liaison::message_head(), lines_of(&invitation.message)));
    let file = format!("maillon-invitation-{}.html", invitation.day);
    Written { title: w::invitation(), head, parts, foot, file }
}

/// Minutes, by whoever writes.
pub fn of_minutes(minutes: &Minutes, writer: &str) -> Written {
    let name = &minutes.name;
    let who = |who: &Who| who_words(who, name);
    let attended = |attended: &Attended| match attended {
        Attended::There => w::came().to_lowercase(),
        Attended::Absent => w::did_not_come().to_lowercase(),
        Attended::Represented(by) => w::came_for_them(who(by)),
        Attended::NotSaid => String::new(),
    };
    let hers = match &minutes.presence {
        Attended::Represented(by) => w::spoke_for_them(who(by)),
        other => attended(other),
    };
    let told = minutes.told_back.map(|on| w::told_back_on(when::whole_date(on))).unwrap_or_default();
    let there = minutes.guests.iter().map(|(guest, came)| in_a_row([who(guest), attended(came)]));
    let there = [in_a_row([name.clone(), hers, told])].into_iter().chain(there).collect();
    let said = minutes.points.iter().map(|(what, notes)| match notes.trim() {
        "" => what.clone(),
        notes => w::point_said(what, notes.split_whitespace().collect::<Vec<_>>().join(" ")),
    });
    let decided =
        |one: &Decided| in_a_row([one.what.clone(), who(&one.who), project::by_day(when::whole_date(one.by))]);
    let at = in_a_row([when::whole_date(minutes.day), minutes.place.clone()]);
    let head = vec![liaison::about(name), liaison::to(&minutes.recipient.name), liaison::from(writer)];
    let parts = [
        part(w::when_and_where(), vec![when::capital(at)]),
        part(w::subject(), lines_of(&minutes.purpose)),
        part(w::who_was_there(), there),
        part(w::points(), said.collect()),
        part(w::decisions(), minutes.decisions.iter().map(decided).collect()),
    ];
    let foot = match minutes.is_hers {
        true => w::foot_hers().to_owned(),
        false => liaison::foot(when::whole_date(minutes.day)),
    };
    let file = format!("maillon-compte-rendu-{}.html", minutes.day);
    Written { title: w::minutes(), head, parts: parts.into_iter().flatten().collect(), foot, file }
}

fn who_words(who: &Who, person: &str) -> String {
    match who {
        Who::Person => person.to_owned(),
        Who::Coordinator => project::coordination().to_owned(),
        Who::Relative => liaison::by_relative().to_owned(),
        Who::Named(name) => name.clone(),
    }
}

impl Written {
    /// As a file that stands alone.
    pub fn html(&self) -> File {
        standing_alone(self.title, &self.head, &self.parts, &self.foot, self.file.clone())
    }

    /// As a text, to be pasted in a message.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n\n{}\n", self.title, self.head.join("\n"));
        for part in &self.parts {
            text += &format!("\n{}\n", part.heading);
            part.lines.iter().for_each(|line| text += &format!("- {line}\n"));
        }
        text + "\n" + &self.foot + "\n"
    }
}

/// The paper, as it leaves.
#[component]
pub fn Leaf(written: Written) -> impl IntoView {
    let draw = |part: Part| {
        view! {
            <h3>{part.heading}</h3>
            <ul>{part.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        }
    };
    view! {
        <article class="liaison-sheet">
            <p class="sheet-title">{written.title}</p>
            {written.head.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            {written.parts.into_iter().map(draw).collect_view()}
            <p class="foot">{written.foot}</p>
        </article>
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::consent::Recipient;
    use maillon_shared::domain::ids::ConsentId;
    use maillon_shared::domain::meeting_paper::Named;

    use super::*;

    fn invitation(about: About) -> Invitation {
        Invitation {
            recipient: Recipient::named("Aline"),
            day: "2026-06-18".parse().expect("a date"),
            hour: None,
            place: "Mairie".into(),
            about,
            message: "Merci de venir.".into(),
        }
    }

    #[test]
    fn what_leaves_says_her_name_only_where_it_may() {
        let parts = |written: Written| {
            let lines = written.parts.into_iter().flat_map(|part| part.lines);
            written.head.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
        };
        let named = Named {
            name: "Odette Escarvenc".into(),
            purpose: "préparer l’hiver".into(),
            points: vec!["le bois".into()],
            consent: ConsentId([1; 16]),
        };
        let with = of_invitation(&invitation(About::Named(named)), "Nadine Vassorgue");
        assert_eq!(with.file, "maillon-invitation-2026-06-18.html");
        let with = parts(with);
        assert!(with.contains("Odette Escarvenc") && with.contains("le bois"), "{with}");
        let without = parts(of_invitation(&invitation(About::Nobody), "Nadine Vassorgue"));
        assert!(without.contains("Mairie") && without.contains("Merci de venir."), "{without}");
        assert!(!without.contains("Odette") && !without.contains("hiver"), "{without}");
    }
}
