//! Entries as a table on paper: what the law lists about each, a line each.

use leptos::prelude::*;
use maillon_shared::domain::register::RegisterEntry;
use maillon_shared::text::phone::Phone;

use super::words::{address_lines, ground_words, notify_words, phone_words};
use crate::when;
use crate::words::{people_field as p, register as w};

/// The table. On a screen it scrolls by itself, on paper it takes the page's width.
#[component]
pub fn EntriesTable(entries: Vec<RegisterEntry>) -> impl IntoView {
    let row = |entry: RegisterEntry| {
        let name = [entry.family_name.to_uppercase(), entry.given_name.clone()].join(" ");
        let phones: Vec<_> = entry.phones.iter().map(phone_words).collect();
        let phones = if phones.is_empty() { w::no_phone().to_owned() } else { phones.join("\n") };
        let to_notify: Vec<_> = entry
            .to_notify
            .iter()
            .map(|other| {
                let number = Phone::parse(&other.phone).show();
                [notify_words(other), number].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
            })
            .collect();
        view! {
            <tr>
                <th scope="row">
                    {name.trim().to_owned()} <br />
                    <span class="detail">{entry.birth.map(when::birth)}</span>
                </th>
                <td>{address_lines(&entry.address).join("\n")}</td>
                <td>{phones}</td>
                <td>{ground_words(entry.ground.as_ref()).to_owned()}</td>
                <td>{entry.home_services}</td>
                <td>{to_notify.join("\n")}</td>
            </tr>
        }
    };
    view! {
        <div class="register-table" tabindex="0" role="region" aria-label=w::title>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{w::name_and_birth}</th>
                        <th scope="col">{crate::words::person::place}</th>
                        <th scope="col">{crate::words::entry_field::phone}</th>
                        <th scope="col">{w::ground}</th>
                        <th scope="col">{w::home_services}</th>
                        <th scope="col">{p::contact_name}</th>
                    </tr>
                </thead>
                <tbody>{entries.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
