//! The agents whom the mayor designates by name to open the register, each with their days.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::lending::{Lent, RegisterCopy};
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::RegisterAgentId;
use maillon_shared::domain::register_log::{GivenCopy, RegisterAgent};

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::pages::lent::{LendButton, LentNow, TakeBackRegister};
use crate::routes::{RegisterRoute, Route};
use crate::session::{session, write_soon};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Back, DayField, FormFrame, Icon, OnPaper, Opened, Paper, PrintButton, Problem, Save, Shape, Text, TextField, Title,
    load, load_once, today_or_yesterday, when_loaded,
};
use crate::words::{Word, in_a_row, note, register as w, register_copy as r};
use crate::{browser, when};

/// Who may open the register.
#[component]
pub fn AgentsPage() -> impl IntoView {
    let lent = RwSignal::new(None::<(RegisterAgentId, Lent)>);
    let loaded = load(|| async { answer!(Request::RegisterLog, RegisterLog(log) => log.agents) });
    view! {
        <Back to=Route::Register(RegisterRoute::List) label=w::title />
        <div class="heading">
            <Title>{w::agents}</Title>
            <a class="button" hidden=!session().is_own() href=Route::Register(RegisterRoute::NewAgent).href()>
                <Icon shape=Shape::Plus />
                <span>{w::designate}</span>
            </a>
        </div>
        <OnPaper paper=Paper::NamesPeople />
        <p class="detail">{w::agents_lead}</p>
        {when_loaded(
            loaded,
            move |agents| {
                let may_lend = session().is_own();
                let some = move || may_lend && !agents.with(Vec::is_empty);
                view! {
                    <Show
                        when=move || !agents.with(Vec::is_empty)
                        fallback=|| view! { <p class="empty">{w::no_agent}</p> }
                    >
                        <ul class="rows">
                            <For
                                each=move || agents.get()
                                key=|agent| {
                                    let copy = agent.copy.map(|copy| (copy.on, copy.back_on));
                                    (agent.id, agent.ended, copy, agent.name.clone(), agent.function.clone())
                                }
                                let:agent
                            >
                                <Agent agent=agent lent=lent />
                            </For>
                        </ul>
                    </Show>
                    <PrintButton label=w::print hidden=Signal::derive(move || agents.with(Vec::is_empty)) />
                    <Show when=some>
                        <p class="detail unprinted">{r::lend_lead}</p>
                        <TakeBackRegister />
                    </Show>
                }
            },
        )}
    }
}

#[component]
fn Agent(agent: RegisterAgent, lent: RwSignal<Option<(RegisterAgentId, Lent)>>) -> impl IntoView {
    let today = browser::today();
    let holds = agent.holds_on(today);
    let is_own = session().is_own();
    let RegisterAgent { id, name, function, designated, ended, copy } = agent;
    let since = move || match ended {
        None => w::agent_since(when::figures(designated)),
        Some(ended) => w::agent_from_to(when::figures(designated), when::figures(ended)),
    };
    let end = move |on: Option<NaiveDate>| {
        write_soon(Request::WriteRegister(Box::new(RegisterWrite::EndAgent { id, on })));
    };
    // A designation of today ends with it: nobody ends before they began.
    let on = today.max(designated);
    let given = move |copy: GivenCopy| {
        let back = copy.back_on.map(|day| r::back_on(when::date(day, today)));
        in_a_row([Some(r::given_on(when::date(copy.on, today))), back].into_iter().flatten())
    };
    let lend = (is_own && holds).then(|| {
        let ask = Request::CopyRegister(Box::new(RegisterCopy::Lend(id)));
        let label: Word = if copy.is_some() { r::lend_again } else { r::lend };
        view! { <LendButton to=id ask=ask label=label lent=lent /> }
    });
    view! {
        <li>
            <Icon shape=Shape::People />
            <span class="row-head">
                <span class="who">{name}</span>
                <span class="tag" hidden=ended.is_none()>{w::agent_ended}</span>
            </span>
            <span class="why">{move || in_a_row([function.as_str(), &since()])}</span>
            <span class="why" hidden=copy.is_none()>{move || copy.map(given)}</span>
            <span class="acts" hidden=!is_own>
                {lend}
                <button type="button" hidden=ended.is_some() on:click=move |_| end(Some(on))>{w::end_agent}</button>
                <button type="button" class="quiet" hidden=ended.is_none() on:click=move |_| end(None)>
                    {w::agent_again}
                </button>
            </span>
            {move || lent.get().filter(|(to, _)| *to == id).map(|(_, lent)| view! { <LentNow lent=lent /> })}
        </li>
    }
}

/// Someone to designate.
#[component]
pub fn NewAgentPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let blank = RegisterAgent::empty(RegisterAgentId(browser::random_id()), browser::today());
        Ok::<_, Failure>(Opened::find(drafts::key("register_agent", ""), blank, lay).await)
    });
    when_loaded(loaded, |opened| view! { <NewAgent opened=opened.get_untracked() /> })
}

#[component]
fn NewAgent(opened: Opened<RegisterAgent>) -> impl IntoView {
    let save = |form: &RegisterAgent, draft: DraftKey| {
        if form.name.trim().is_empty() {
            return Err(vec![Problem { field: "name".into(), words: w::needs_agent_name().into() }]);
        }
        let mut agent = form.clone();
        agent.name = agent.name.trim().to_owned();
        agent.function = agent.function.trim().to_owned();
        let write = RegisterWrite::Designate { agent, draft: Some(draft) };
        let then = Route::Register(RegisterRoute::Agents);
        Ok(Save { request: Request::WriteRegister(Box::new(write)), then })
    };
    let draw = |form: RwSignal<RegisterAgent>, problems: RwSignal<Vec<Problem>>| {
        let name = Text::within(form, |form: &RegisterAgent| form.name.clone(), |form, text| form.name = text);
        let function =
            Text::within(form, |form: &RegisterAgent| form.function.clone(), |form, text| form.function = text);
        let day = Signal::derive(move || form.with(|form| Some(form.designated)));
        let set = Callback::new(move |day: Option<NaiveDate>| {
            form.update(|form| form.designated = day.unwrap_or(form.designated));
        });
        view! {
            <p class="detail">{w::designate_lead}</p>
            <TextField id="name" label=w::agent_name text=name error=problem_of(problems, "name") />
            <TextField id="function" label=w::agent_function hint=w::agent_function_hint optional=true text=function />
            <DayField id="designated" legend=|| w::designated() near=today_or_yesterday(None) day=day set=set />
        }
    };
    view! {
        <FormFrame
            title=w::designate
            way_back=Route::Register(RegisterRoute::Agents)
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn fields_since(opened: &RegisterAgent, form: &RegisterAgent) -> Fields {
    let of = |form: &RegisterAgent| {
        [("name", form.name.clone()), ("function", form.function.clone()), ("designated", form.designated.to_string())]
    };
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut RegisterAgent, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "name" => form.name = value.to_owned(),
            "function" => form.function = value.to_owned(),
            "designated" => form.designated = value.parse().unwrap_or(form.designated),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let opened = RegisterAgent::empty(RegisterAgentId([1; 16]), "2026-06-12".parse().expect("a date"));
        let mut form = opened.clone();
        form.name = "Lucette Barbezan".into();
        form.function = "élue".into();
        form.designated = "2026-06-01".parse().expect("a date");
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
        assert!(fields_since(&opened, &opened).is_empty());
    }
}
