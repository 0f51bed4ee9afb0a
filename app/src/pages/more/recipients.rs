//! To whom the law lets a danger be told, as lines that each place edits.

use leptos::prelude::*;
use maillon_shared::domain::safeguarding::{LawfulRecipient, LawfulRecipients};

use crate::ui::{InputKind, Lines, Text, TextField};
use crate::words::alert as w;

/// Those whom the law lets be told. What is the list everybody starts from is not written.
#[component]
pub fn RecipientsField(
    /// As the settings write it.
    text: Text,
) -> impl IntoView {
    let read = LawfulRecipients::parse(&text.value.get_untracked()).unwrap_or_else(LawfulRecipients::usual).0;
    let next_line = StoredValue::new(read.len() as u32);
    let lines = RwSignal::new((0..).zip(read).collect::<Vec<(u32, LawfulRecipient)>>());
    let write = move || {
        let recipients = LawfulRecipients(lines.get_untracked().into_iter().map(|(_, one)| one).collect());
        let is_usual = recipients == LawfulRecipients::usual();
        text.set.run(if is_usual { String::new() } else { recipients.to_string() });
    };
    let ids = Memo::new(move |_| lines.with(|lines| lines.iter().map(|(id, _)| *id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let line = next_line.get_value();
        next_line.set_value(line + 1);
        let new = LawfulRecipient { name: String::new(), phone: String::new(), when: String::new() };
        lines.update(|lines| lines.push((line, new)));
        format!("recipient-{line}")
    });
    let drop_line = Callback::new(move |line: u32| {
        lines.update(|lines| lines.retain(|(id, _)| *id != line));
        write();
    });
    let part = move |line: u32, part: fn(&mut LawfulRecipient) -> &mut String| Text {
        value: Signal::derive(move || {
            let found = lines.with(|lines| lines.iter().find(|(id, _)| *id == line).map(|(_, one)| one.clone()));
            found.map(|mut one| part(&mut one).clone()).unwrap_or_default()
        }),
        set: Callback::new(move |typed: String| {
            lines.update(|lines| {
                if let Some((_, one)) = lines.iter_mut().find(|(id, _)| *id == line) {
                    *part(one) = typed;
                }
            });
            write();
        }),
    };
    let draw = move |line: u32| {
        view! {
            <TextField id=format!("recipient-{line}") label=w::recipient_name text=part(line, |one| &mut one.name) />
            <TextField
                id=format!("recipient-{line}-phone")
                label=w::recipient_phone
                kind=InputKind::Phone
                optional=true
                text=part(line, |one| &mut one.phone)
            />
            <TextField
                id=format!("recipient-{line}-when")
                label=w::recipient_when
                optional=true
                text=part(line, |one| &mut one.when)
            />
        }
    };
    let back_to_usual = move |_| {
        let usual = LawfulRecipients::usual().0;
        let line = next_line.get_value();
        next_line.set_value(line + usual.len() as u32);
        lines.set((line..).zip(usual).collect());
        write();
    };
    view! {
        <details class="ladder">
            <summary>{w::recipients}</summary>
            <p class="hint">{w::recipients_hint}</p>
            <Lines
                ids=ids
                legend=w::recipient
                remove=w::recipient_remove
                add=w::recipient_add
                add_other=w::recipient_add
                make=make
                drop_line=drop_line
                draw=draw
            />
            <button type="button" class="quiet" on:click=back_to_usual>{w::recipients_usual}</button>
        </details>
    }
}
