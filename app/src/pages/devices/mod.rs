//! The coordinator's other devices: the same notebook on each, carried by files that one of them alone opens, or said through
//! the network that both are on.

mod add;
mod another;
mod others;
mod take_over;
mod this;

use leptos::prelude::*;
use maillon_shared::api::sharing::{Company, SharingStatus};

use super::exchange::folder::MeetingFolder;
use super::exchange::join::Join;
use super::exchange::network::Network;
use super::exchange::open::Open;
use super::exchange::pairing::{Pairing, follow};
use super::exchange::{self, Exchange};
use crate::routes::Route;
use crate::ui::{Back, Title, load, when_loaded};
use crate::words::{devices as w, more, network};

/// The other devices.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let here = Exchange::of(Company::Own);
    let took_over = RwSignal::new(false);
    follow(here);
    let status = load(move || {
        here.track();
        exchange::status()
    });
    let of =
        move |read: fn(&SharingStatus) -> bool| Memo::new(move |_| status.get().is_some_and(|status| read(&status)));
    let shares = of(|status| !status.others.is_empty() || !status.left.is_empty());
    let has_left = of(|status| status.shares && !status.is_member);
    let copied = of(|status| status.copied);
    let may_add = of(|status| status.this.is_some() && (!status.shares || (status.is_member && status.administers)));
    let may_meet = of(|status| status.may_meet && status.shares && status.is_member);
    let may_talk = of(|status| status.may_talk && status.shares && status.is_member);
    let may_join = of(|status| status.may_talk && status.this.is_some() && !status.shares);
    let may_pair = of(|status| status.may_talk);
    let is_member = of(|status| status.is_member);
    let may_take_over =
        of(|status| status.this.is_some() && status.shares && !(status.is_member && status.administers));
    let administrator = Memo::new(move |_| {
        let others = status.get().map(|status| status.others).unwrap_or_default();
        others.into_iter().find(|other| other.administers).map(|other| other.name).unwrap_or_default()
    });
    let talks = of(|status| status.talks);
    let pairs = here.pairs();
    let words_needed = of(|status| status.words_needed);
    let this = Memo::new(move |_| status.get().and_then(|status| status.this));
    let place = Memo::new(move |_| status.get().and_then(|status| status.folder));
    let shown = Memo::new(move |_| status.get().unwrap_or_default());
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <p>{w::lead}</p>
        {when_loaded(status, move |_| {
            view! {
                <Show when=move || has_left.get()>
                    <p class="state-note">{w::not_member}</p>
                </Show>
                <Show when=move || copied.get()>
                    <another::Another here=here />
                </Show>
                <Show when=move || took_over.get()>
                    <p role="status">
                        <strong>{w::took_over}</strong>
                    </p>
                </Show>
                <Show when=move || pairs.get()>
                    <Pairing here=here />
                </Show>
                // What is done every week stands first; how it began, below.
                <Show
                    when=move || shares.get()
                    fallback=move || {
                        view! {
                            <this::This this=this here=here />
                            <Show when=move || may_join.get() && !pairs.get()>
                                <section class="card" aria-labelledby="join-notebook">
                                    <h2 id="join-notebook">{network::join_title}</h2>
                                    <Join here=here />
                                </section>
                            </Show>
                            <Show when=move || may_add.get() && !pairs.get()>
                                <add::Add words_needed=words_needed may_pair=may_pair here=here />
                            </Show>
                            <Show when=move || this.with(Option::is_some)>
                                <Open here=here />
                            </Show>
                        }
                    }
                >
                    <others::Others status=shown here=here />
                    <Show when=move || may_talk.get()>
                        <Network talks=talks here=here />
                    </Show>
                    <Show when=move || this.with(Option::is_some)>
                        <Open here=here />
                    </Show>
                    <Show when=move || may_meet.get()>
                        <MeetingFolder place=place here=here />
                    </Show>
                    <Show when=move || may_add.get() && !pairs.get()>
                        <add::Add words_needed=words_needed may_pair=may_pair here=here />
                    </Show>
                    <this::This this=this here=here />
                    <Show when=move || may_take_over.get()>
                        <take_over::TakeOver
                            administrator=administrator
                            is_member=is_member
                            took_over=took_over
                            here=here
                        />
                    </Show>
                </Show>
            }
        })}
    }
}
