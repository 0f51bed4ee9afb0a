//! What a sheet says, as lines: the same on screen, on paper and in the file.

use leptos::prelude::*;
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::liaison::{Carrier, Contact, LiaisonSheet, Piece, Told, ToldAction};
use maillon_shared::domain::lists::ListId;
use maillon_shared::text::phone::Phone;

use crate::lists::label;
use crate::pages::directory::role_words;
use crate::session::session;
use crate::when;
use crate::words::{in_a_row, liaison as w, project};

/// A part of a sheet: its heading, and its lines.
#[derive(Clone)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// The lines.
    pub lines: Vec<String>,
}

/// What a piece is called.
pub fn piece_words(piece: &Piece) -> &str {
    match piece {
        Piece::Address => w::address(),
        Piece::Phones => w::phones(),
        Piece::Approach => w::approach(),
        Piece::CallFirst => w::call_first(),
        Piece::Words => w::words(),
        Piece::Goals => w::goals(),
        Piece::Actions => w::actions(),
        Piece::Circle => w::circle(),
        Piece::Unknown(code) => code,
    }
}

/// Who writes: the coordinator, as the settings say.
pub fn writer() -> String {
    session().settings.with_untracked(|settings| {
        let phone = Phone::parse(&settings.card_phone).show();
        in_a_row([settings.coordinator.as_str(), &settings.title, &settings.commune, &phone])
    })
}

/// The whole sheet but its head, part by part.
pub fn parts(sheet: &LiaisonSheet) -> Vec<Part> {
    parts_of(&sheet.message, &sheet.told)
}

/// What is told of someone, part by part, after why it is.
pub fn parts_of(message: &str, told: &[Told]) -> Vec<Part> {
    let message =
        (!message.is_empty()).then(|| Part { heading: w::message_head().to_owned(), lines: lines_of(message) });
    message.into_iter().chain(told.iter().map(part)).collect()
}

fn part(told: &Told) -> Part {
    let (piece, lines) = match told {
        Told::Address(address) => (Piece::Address, vec![address.clone()]),
        Told::Phones(phones) => (Piece::Phones, phones.iter().map(|phone| Phone::parse(phone).show()).collect()),
        Told::Approach(approach) => (Piece::Approach, lines_of(approach)),
        Told::CallFirst(contact) => {
            let relation = label(ListId::Relations, &contact.role).to_lowercase();
            (Piece::CallFirst, vec![contact_line(contact, relation)])
        }
        Told::Words(words) => (Piece::Words, words.iter().map(w::quoted).collect()),
        Told::Goals(goals) => (Piece::Goals, goals.clone()),
        Told::Actions(actions) => (Piece::Actions, actions.iter().map(action_line).collect()),
        Told::Circle(contacts) => {
            let role = |one: &Contact| role_words(&EntryKind::Professional, &one.role).to_owned();
            (Piece::Circle, contacts.iter().map(|one| contact_line(one, role(one))).collect())
        }
    };
    Part { heading: piece_words(&piece).to_owned(), lines }
}

/// The lines of a text that say something.
pub fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn contact_line(contact: &Contact, role: String) -> String {
    in_a_row([contact.name.clone(), role, Phone::parse(&contact.phone).show()])
}

fn action_line(action: &ToldAction) -> String {
    let who = match &action.who {
        Carrier::Person => w::by_person().to_owned(),
        Carrier::Coordinator => project::coordination().to_owned(),
        Carrier::Relative => w::by_relative().to_owned(),
        Carrier::Professional(name) => name.clone(),
    };
    let by = action.by.map(|day| project::by_day(when::whole_date(day))).unwrap_or_default();
    in_a_row([action.what.clone(), who, by])
}

/// Parts under one another, below a heading of the second level.
#[component]
pub fn PartsView(parts: Vec<Part>) -> impl IntoView {
    let draw = |part: Part| {
        view! {
            <h3>{part.heading}</h3>
            <ul>{part.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        }
    };
    parts.into_iter().map(draw).collect_view()
}

/// The sheet, as it leaves.
#[component]
pub fn Sheet(sheet: LiaisonSheet) -> impl IntoView {
    view! {
        <article class="liaison-sheet">
            <p class="sheet-title">{w::sheet_title}</p>
            <p>{w::about(&sheet.name)}</p>
            <p>{w::to(&sheet.recipient.name)}</p>
            <p>{w::from(writer())}</p>
            <PartsView parts=parts(&sheet) />
            <p class="foot">{w::foot(when::whole_date(sheet.day))}</p>
        </article>
    }
}
